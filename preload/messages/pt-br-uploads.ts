import type { uploadMessages } from './en-uploads';

/** Text about uploads in Brazilian Portuguese. */
export const ptBrUploads = {
  // Ways in
  'upload.button': 'Enviar vídeo…',
  'upload.more': 'Outras formas de adicionar vídeos',
  'upload.files': 'Enviar arquivos…',
  'upload.folder': 'Enviar pasta…',
  'upload.import': 'Importar de um link…',
  'upload.added':
    '{count, plural, =0 {Nenhum vídeo foi adicionado.} one {# vídeo adicionado.} other {# vídeos adicionados.}}',
  'upload.skipped':
    '{count, plural, one {# arquivo que não é vídeo ficou de fora.} other {# arquivos que não são vídeos ficaram de fora.}}',
  'upload.nothing': 'Não há nenhum vídeo aí.',
  'drop.title': 'Solte para enviar',
  'drop.to': 'para {name}',
  'drop.ask': 'Em seguida você escolhe a conta',
  'drop.none': 'Adicione uma conta primeiro: nenhuma aqui recebe envios',
  'chooseAccount.title': 'Enviar para qual conta?',
  'chooseAccount.items': '{count, plural, one {# arquivo ou pasta} other {# arquivos ou pastas}}',
  'chooseAccount.list': 'Contas que recebem envios',
  'chooseAccount.brand': 'Marca {brand}',
  'chooseAccount.noBrand': 'Nenhuma marca escolhida',
  'needAccount.title': 'Para enviar, é preciso ter uma conta',
  'needAccount.text':
    'Nenhuma das suas contas recebe envios. Adicione uma conta no {services} e tente de novo.',
  'cancelUpload.title': 'Cancelar este envio?',
  'cancelUpload.text':
    'O que já foi enviado é descartado no serviço. O arquivo no seu disco fica como está.',
  'cancelUpload.keep': 'Continuar enviando',
  'cancelUpload.confirm': 'Cancelar envio',

  // All together
  'totals.label': 'Todos os envios',
  'totals.sending':
    '{unfinished, plural, one {Enviando # vídeo} other {Enviando {sending} de {unfinished}}}',
  'totals.waiting': '{count, plural, one {# envio em espera} other {# envios em espera}}',
  'totals.paused': '{count, plural, one {# pausado} other {# pausados}}',
  'totals.failed': '{count, plural, one {# com falha} other {# com falha}}',
  'totals.onlyPaused': '{count, plural, one {# envio pausado} other {# envios pausados}}',
  'totals.onlyFailed': '{count, plural, one {# envio com falha} other {# envios com falha}}',
  'totals.percent': '{percent}%',
  'totals.timeLeft': 'faltam cerca de {duration}',
  'totals.pauseAll': 'Pausar tudo',
  'totals.resumeAll': 'Retomar tudo',
  'totals.retryAll': 'Repetir falhas',
  'totals.cancelAll': 'Cancelar tudo',
  'cancelAll.title': '{count, plural, one {Cancelar # envio?} other {Cancelar todos os # envios?}}',
  'cancelAll.text':
    'Os pausados e os que falharam também são cancelados. As partes já enviadas são descartadas; os arquivos no seu disco ficam como estão.',
  'cancelAll.keep': 'Continuar enviando',
  'cancelAll.confirm': 'Cancelar tudo',

  // Queue
  'queue.place': '{place}º na fila',
  'queue.first': 'Mover para o início',
  'queue.earlier': 'Mover para cima',
  'queue.later': 'Mover para baixo',
  'queue.last': 'Mover para o fim',
  'queue.moved': '{title} agora é o número {place} na fila',

  // One upload
  'line.more': 'Mais opções de {title}',
  'line.log': 'Registro do envio…',
  'line.keptUntil': 'guardado até {day}',
  'line.keptUntil.text':
    'Guardado até {day}; depois, as partes já enviadas são descartadas. Seu arquivo continua no lugar.',
  'line.waitsForFile': 'Aguardando o arquivo',
  'line.waitsForFile.help': 'Conecte a unidade em que ele está ou cancele.',

  // Log of one upload
  'log.title': 'Registro do envio',
  'log.loading': 'Lendo o registro…',
  'log.gone': 'Não há mais um registro deste envio.',
  'log.size': 'Tamanho',
  'log.parts': 'Partes',
  'log.partsOf': '{count, plural, one {# parte de {size}} other {# partes de {size}}}',
  'log.sha256': 'SHA-256 do arquivo',
  'log.sha256.later': 'É calculado depois do envio',
  'log.sha256.copy': 'Copiar o SHA-256',
  'log.sha256.copied': 'SHA-256 copiado',
  'log.sha256.notCopied': 'Não foi possível copiar. Selecione o texto e copie você mesmo.',
  'log.timeline': 'O que aconteceu',
  'log.sentParts': 'Partes que chegaram',
  'log.sentParts.none': 'Nenhuma parte chegou ainda.',
  'log.sentCount': 'Chegaram',
  'log.sentCount.of': '{sent} de {count}',
  'log.again': 'Mais de uma tentativa',
  'log.slowest': 'Mais demorada',
  'log.median': 'Metade levou menos de',
  'log.table.number': 'Parte',
  'log.table.size': 'Tamanho',
  'log.table.sentAt': 'Chegou',
  'log.table.took': 'Levou',
  'log.table.tries': 'Tentativas',
  'log.showMore': '{count, plural, one {Mostrar mais #} other {Mostrar mais #}}',
  'log.save': 'Salvar registro…',
  'log.saved': 'O registro foi salvo.',
  'log.notSaved': 'O registro não foi salvo.',

  'log.added': 'Adicionado à fila',
  'log.opened':
    'O {service} aceitou receber: {count, plural, one {# parte de {size}} other {# partes de {size}}}',
  'log.started':
    '{missing, plural, =0 {Chega a vez dele: todas as partes já chegaram} one {Chega a vez dele: falta # parte} other {Chega a vez dele: faltam # partes}}',
  'log.waited.opening': 'O {service} ainda não aceitou receber',
  'log.waited.signing': 'Ainda não há para onde enviar as próximas partes',
  'log.waited.part': 'A parte {number} precisa ser enviada de novo',
  'log.waited.parts': 'Algumas partes precisam ser enviadas de novo',
  'log.waited.completing': 'Ainda não foi possível concluir o envio',
  'log.waited.giving-up': 'Ainda não foi possível descartar as partes enviadas',
  'log.waited.file': 'Não foi possível ler o arquivo',
  'log.waited.once': '{problem} Espera de {duration}.',
  'log.waited.often':
    '{problem} {count, plural, one {# vez} other {# vezes}} até {time}, com {duration} de espera no total.',
  'log.signed-again':
    '{count, plural, one {O endereço da parte {number} tinha vencido; há um novo} other {Os endereços de # partes tinham vencido; há novos}}',
  'log.paused': 'Pausado',
  'log.resumed': 'Retomado',
  'log.retried': 'Nova tentativa',
  'log.started-over': 'Recomeçou da primeira parte',
  'log.cancelled': 'Cancelado',
  'log.given-up': 'O {service} descartou as partes enviadas',
  'log.expired': 'Ficou tempo demais sem continuar, então foi encerrado',
  'log.completing':
    '{count, plural, one {A parte chegou: o envio é concluído com ela} other {Todas as # partes chegaram: agora são reunidas}}',
  'log.sent': 'O {service} tem o arquivo inteiro',
  'log.checksum': 'SHA-256 do arquivo calculado',
  'log.failed': 'Interrompido',

  // Import by link
  'import.title': 'Importar de um link',
  'import.text': 'O {service} busca o vídeo sozinho; nada é enviado deste computador.',
  'import.url': 'Link do vídeo',
  'import.url.help':
    'As ferramentas do {service} citam links do YouTube como aceitos. Links de outros vídeos também podem funcionar.',
  'import.url.empty': 'Cole um link primeiro.',
  'import.url.not-web':
    'Isto não é um link de uma página da web. Ele precisa começar com https:// ou http://.',
  'import.url.has-password': 'Tire o nome e a senha deste link.',
  'import.name': 'Título (opcional)',
  'import.account': 'Conta',
  'import.account.choose': 'Escolha uma conta',
  'import.account.missing': 'Escolha para onde ele vai.',
  'import.submit': 'Importar',
  'import.again': 'Tentar de novo',
  'import.pending': 'Consultando o {service}…',
  'import.started': 'O {service} está buscando o vídeo.',
  'import.unsure': 'Sem resposta clara. Olhe a lista antes de tentar de novo.',
  'import.unsure.text': 'Ele pode estar a caminho. O pedido não é repetido sozinho.',
  'import.refused': 'Nada foi importado.',
  'import.later': 'Tente de novo daqui a pouco.',
} satisfies Record<keyof typeof uploadMessages, string>;
