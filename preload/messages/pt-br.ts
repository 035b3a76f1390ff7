import type { en } from './en';
import { ptBrClips } from './pt-br-clips';
import { ptBrHistory } from './pt-br-history';
import { ptBrProblems } from './pt-br-problems';
import { ptBrExecutions } from './pt-br-runs';
import { ptBrUploads } from './pt-br-uploads';
import { ptBrWatching } from './pt-br-watching';
import { ptBrWindow } from './pt-br-window';

/**
 * All text in Brazilian Portuguese; the type says which key is missing or too many.
 * Here the plural's `one` covers 0 as well as 1: where nothing has words of its own, it is `=0`.
 */
export const ptBr = {
  ...ptBrProblems,
  ...ptBrWindow,
  ...ptBrUploads,
  ...ptBrHistory,
  ...ptBrWatching,
  ...ptBrExecutions,
  ...ptBrClips,

  'app.name': 'Cliptray',

  'startFailed.title': 'Não foi possível iniciar o Cliptray',
  'startFailed.text':
    '{reason}\n\nNada foi excluído: suas chaves estão no chaveiro do sistema e todo o resto está em {folder}. Inicie o Cliptray de novo; se isto se repetir, tire o arquivo cliptray.db dessa pasta para começar com uma lista vazia.',

  // Tray and menus
  'tray.tooltip.idle': 'Cliptray: nada em andamento',
  'tray.tooltip.working': 'Cliptray: {active, plural, one {# em andamento} other {# em andamento}}',
  'tray.uploads.sending': 'Enviando {count, plural, one {# vídeo} other {# vídeos}}: {percent}%',
  'tray.uploads.waiting':
    '{count, plural, one {# envio está esperando} other {# envios estão esperando}}',
  'tray.uploads.paused':
    '{count, plural, one {# envio está pausado} other {# envios estão pausados}}',
  'tray.uploads.almost': 'falta menos de um minuto',
  'tray.uploads.others': '{count, plural, one {mais # em andamento} other {mais # em andamento}}',
  'tray.tooltip.attention':
    'Cliptray: {count, plural, one {# item precisa de você} other {# itens precisam de você}}',
  'tray.tooltip.offline': 'Cliptray: sem conexão, vai continuar sozinho',
  'tray.tooltip.paused': 'Cliptray: acompanhamento pausado',
  'tray.noNotifications': 'Esta área de trabalho não mostra notificações',
  'menu.newResults': '{count, plural, one {# resultado novo} other {# resultados novos}}',
  'menu.inProgress': 'Em andamento',
  'menu.recent': 'Finalizadas',
  'menu.nothing': 'Nada em andamento',
  'menu.more': 'e mais {count}…',
  'menu.line': '{title} — {stage}',
  'menu.upload': 'Enviar vídeo…',
  'menu.pauseUploads': 'Pausar envios',
  'menu.resumeUploads': 'Retomar envios',
  'menu.pause': 'Pausar acompanhamento',
  'menu.open': 'Abrir o Cliptray',
  'menu.quit': 'Sair do Cliptray',
  'menu.edit': 'Editar',
  'menu.window': 'Janela',
  'dialog.chooseVideos': 'Escolha os vídeos para enviar',
  'dialog.chooseFolder': 'Escolha uma pasta de vídeos para enviar',
  'dialog.videos': 'Vídeos',
  'quit.title': '{count, plural, one {# envio não terminou} other {# envios não terminaram}}',
  'quit.text':
    '{count, plural, one {Ele continua sozinho quando o Cliptray for aberto de novo. Nada se perde.} other {Eles continuam sozinhos quando o Cliptray for aberto de novo. Nada se perde.}}',
  'quit.quit': 'Sair',
  'quit.keep': 'Continuar aberto',

  // The command line
  'cli.help': `Uso:
  cliptray                       abre a janela
  cliptray upload                escolhe vídeos para enviar
  cliptray upload ARQUIVO|PASTA… envia estes vídeos e os vídeos destas pastas
  cliptray import URL            faz o serviço buscar um vídeo num endereço
  cliptray start [LINK]          transcreve ou processa um vídeo; a janela pergunta o quê

Opções:
  --hidden    inicia na bandeja, sem janela
  --help      mostra isto
  --version   mostra a versão
  --          os nomes depois dele podem começar com hífen

Um Cliptray que já está aberto assume o que for pedido.`,
  'cli.unknown-word': 'O Cliptray não sabe o que fazer com "{word}".',
  'cli.no-file': '"{word}" não indica nenhum arquivo neste computador.',
  'cli.no-url':
    'Para importar um vídeo, dê um endereço que comece com https:// ou http:// e não contenha senha.',
  'cli.too-many':
    'São mais arquivos do que cabem num comando. Envie a pasta em que eles estão ou solte-os na janela.',

  // Notifications: the title is the video's name
  'notification.title': '{title}',
  'notification.title.part': '{part} — {title}',
  'notification.done.render': 'Renderização concluída. Clique para ver.',
  'notification.done.execution': 'Concluído no {service}.',
  'notification.done.processing': 'Processado. Escolha o que renderizar.',
  'notification.failed.render': 'A renderização falhou. Clique para ver o motivo.',
  'notification.failed.execution': 'Falhou no {service}. Clique para ver o motivo.',
  'notification.failed.processing': 'O processamento falhou. Clique para ver o motivo.',
  'notification.gone': 'O {service} não lista mais este item. Clique para ver.',
  'notification.upload.failed': 'O envio foi interrompido. Clique para ver o motivo.',
  'notification.digest': 'Enquanto você estava fora',
  'notification.digest.quiet': 'Durante o silêncio',
  'notification.digest.together':
    '{count, plural, one {# trabalho terminou} other {# trabalhos terminaram}}',
  'notification.digest.done': '{count, plural, one {# concluído} other {# concluídos}}',
  'notification.digest.failed':
    '{count, plural, one {# precisa de atenção} other {# precisam de atenção}}',
  'notification.show': 'Mostrar',
  'notification.open': 'Abrir',
  'notification.copyLink': 'Copiar link',
  'notification.retry': 'Repetir',
  'notification.showFile': 'Mostrar na pasta',
  'notification.test': 'As notificações funcionam',
  'notification.test.body': 'É assim que o Cliptray avisa que um vídeo ficou pronto.',

  // Where a line stands
  'stage.queued': 'Aguardando envio',
  'stage.uploading': 'Enviando',
  'stage.upload-paused': 'Envio pausado',
  'stage.upload-failed': 'Envio interrompido',
  'stage.upload-cancelled': 'Envio cancelado',
  'stage.waiting': 'Aguardando início',
  'stage.processing': 'Processando',
  'stage.running': 'Em execução',
  'stage.ready': 'Pronto para renderizar',
  'stage.rendering': 'Renderizando',
  'stage.done': 'Concluído',
  'stage.failed': 'Com falha',
  'stage.gone': 'Fora da lista',
  'stage.unknown': 'Status desconhecido',
} satisfies Record<keyof typeof en, string>;
