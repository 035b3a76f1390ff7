import type { problemMessages } from './en-problems';

/** What can go wrong, and what to do about it, in Brazilian Portuguese. */
export const ptBrProblems = {
  'problem.key-refused': 'O {service} não aceita esta chave.',
  'problem.key-refused.help':
    'Ela pode ter sido digitada errado, expirado ou sido revogada. Troque por uma chave atual da sua conta no {service}.',
  'problem.key-missing': 'A chave desta conta não está mais aqui.',
  'problem.key-missing.help':
    'Ela valia só para uma sessão ou foi removida do lugar onde as chaves ficam guardadas. Suas tarefas continuam na lista. Informe a chave de novo para continuar.',
  'problem.keychain-silent': 'O lugar onde as chaves ficam guardadas não responde.',
  'problem.keychain-silent.help':
    'Ele pode estar bloqueado. Desbloqueie: o Cliptray tenta de novo sozinho e você não precisa informar nada outra vez.',
  'problem.scope-missing': 'A chave funciona, mas não tem permissão para fazer isto.',
  'problem.scope-missing.help':
    'Dê a permissão no {service} ou use uma chave que já a tenha. Todo o resto continua como antes.',
  'problem.plan-suspended': 'O {service} suspendeu o plano desta conta.',
  'problem.plan-suspended.help':
    'A chave está certa. Assim que o plano for regularizado no {service}, o acompanhamento continua sozinho.',
  'problem.no-credit': 'Esta conta está sem créditos.',
  'problem.no-credit.help':
    'A chave está certa. Adicione créditos no {service}; não é preciso mudar nada aqui.',
  'problem.not-found': 'O {service} não encontra mais este item.',
  'problem.not-found.help': 'Ele pode ter sido excluído lá.',
  'problem.conflict': 'Este item mudou no {service} nesse meio-tempo.',
  'problem.conflict.help': 'Nada foi feito. Tente de novo com o que está lá agora.',
  'problem.rejected': 'O {service} não aceitou o pedido.',
  'problem.rejected.help': 'Nada foi feito. Os detalhes estão no arquivo de log.',
  'problem.rate-limited': 'O {service} pede menos consultas.',
  'problem.rate-limited.help': 'Nada se perdeu. O Cliptray espera e depois continua sozinho.',
  'problem.service-fault': 'O {service} está com uma falha do lado dele.',
  'problem.service-fault.help': 'Nada se perdeu. O Cliptray tenta de novo sozinho.',
  'problem.not-json': 'Veio uma página da web no lugar dos dados do {service}.',
  'problem.not-json.help':
    'Pode haver um proxy ou a página de login da sua rede no caminho. O Cliptray tenta de novo sozinho.',
  'problem.malformed': 'A resposta do {service} chegou danificada.',
  'problem.malformed.help': 'Nada se perdeu. O Cliptray tenta de novo sozinho.',
  'problem.unexpected-shape': 'Não foi possível entender a resposta do {service}.',
  'problem.unexpected-shape.help':
    'O serviço pode ter mudado. O arquivo de log diz qual parte faltou.',
  'problem.too-large': 'A resposta do {service} era grande demais e foi descartada.',
  'problem.too-large.help': 'Nada se perdeu. O Cliptray tenta de novo sozinho.',
  'problem.unreachable': 'Não foi possível acessar o {service}.',
  'problem.unreachable.help': 'Verifique sua rede. O Cliptray tenta de novo sozinho.',
  'problem.timed-out': 'O {service} demorou demais para responder.',
  'problem.timed-out.help': 'Nada se perdeu. O Cliptray tenta de novo sozinho.',
  'problem.cancelled': 'Isto foi interrompido antes de terminar.',
  'problem.cancelled.help': 'Você pode tentar de novo.',

  'problem.file-missing': 'O arquivo não está mais lá.',
  'problem.file-missing.help': 'Coloque-o de volta no lugar e tente de novo.',
  'problem.file-unreadable': 'Não é possível ler o arquivo.',
  'problem.file-unreadable.help':
    'Verifique se você tem permissão para ler o arquivo e se o disco está conectado.',
  'problem.file-empty': 'O arquivo está vazio.',
  'problem.file-empty.help': 'Escolha um arquivo com conteúdo.',
  'problem.file-not-video': 'Isto não parece ser um vídeo.',
  'problem.file-not-video.help': 'Só é possível enviar arquivos de vídeo.',
  'problem.file-too-large': 'O arquivo é grande demais para um único envio.',
  'problem.file-too-large.help': 'Exporte em um tamanho menor ou divida em dois.',
  'problem.file-changed': 'O arquivo mudou durante o envio.',
  'problem.file-changed.help':
    'As partes já enviadas não servem mais. Adicione o arquivo novamente.',
  'problem.file-already-added': 'Este arquivo já está na lista.',
  'problem.file-already-added.help': 'Ele não é enviado duas vezes.',
  'problem.folder-without-videos': 'Não há nenhum vídeo nesta pasta.',
  'problem.folder-without-videos.help': 'As pastas dentro dela também foram verificadas.',
  'problem.folder-too-large': 'Esta pasta tem coisas demais para adicionar de uma vez.',
  'problem.folder-too-large.help': 'Adicione uma por uma as pastas que estão dentro dela.',
  'problem.no-account': 'Nenhuma conta aqui recebe envios.',
  'problem.no-account.help': 'Adicione uma conta em um serviço que receba.',
  'problem.no-brand': 'Nenhuma marca foi escolhida para esta conta.',
  'problem.no-brand.help': 'Escolha em Contas para qual marca vão os envios.',
  'problem.storage-refused': 'O armazenamento do {service} não aceitou uma parte do arquivo.',
  'problem.storage-refused.help':
    'As partes que chegaram estão guardadas. Tente de novo para enviar o resto.',
  'problem.expired':
    'O envio ficou parado por tempo demais, então as partes já enviadas foram descartadas no {service}.',
  'problem.expired.help': 'Seu arquivo está intacto. Tente de novo para enviar desde o início.',
  'problem.no-path': 'Isto não veio de um disco, então não há arquivo para ler.',
  'problem.no-path.help': 'Salve como arquivo primeiro e depois solte o arquivo aqui.',
} satisfies Record<keyof typeof problemMessages, string>;
