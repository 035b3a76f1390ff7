import type { en } from './en';
import { ptBrProblems } from './pt-br-problems';
import { ptBrWindow } from './pt-br-window';

/**
 * All text in Brazilian Portuguese; the type says which key is missing or too many.
 * Here the plural's `one` covers 0 as well as 1: where nothing has words of its own, it is `=0`.
 */
export const ptBr = {
  ...ptBrProblems,
  ...ptBrWindow,

  'app.name': 'Cliptray',

  'startFailed.title': 'Não foi possível iniciar o Cliptray',
  'startFailed.text':
    '{reason}\n\nNada foi excluído: suas chaves estão no chaveiro do sistema e todo o resto está em {folder}. Inicie o Cliptray de novo; se isto se repetir, tire o arquivo cliptray.db dessa pasta para começar com uma lista vazia.',

  // Tray and menus
  'tray.tooltip.idle': 'Cliptray: nada em andamento',
  'tray.tooltip.working':
    'Cliptray: {active, plural, one {# em andamento} other {# em andamento}}{uploads, plural, =0 {} one {, # envio em {percent}%} other {, # envios em {percent}%}}',
  'tray.tooltip.attention':
    'Cliptray: {count, plural, one {# item precisa de você} other {# itens precisam de você}}',
  'tray.tooltip.offline': 'Cliptray: sem conexão, vai continuar sozinho',
  'tray.tooltip.paused': 'Cliptray: acompanhamento pausado',
  'menu.inProgress': 'Em andamento',
  'menu.recent': 'Finalizadas',
  'menu.nothing': 'Nada em andamento',
  'menu.more': 'e mais {count}…',
  'menu.line': '{title} — {stage}',
  'menu.upload': 'Enviar vídeo…',
  'menu.pause': 'Pausar acompanhamento',
  'menu.open': 'Abrir o Cliptray',
  'menu.quit': 'Sair do Cliptray',
  'menu.edit': 'Editar',
  'menu.window': 'Janela',
  'dialog.chooseVideos': 'Escolha os vídeos para enviar',
  'dialog.videos': 'Vídeos',

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
  'notification.digest.done': '{count, plural, one {# concluído} other {# concluídos}}',
  'notification.digest.failed':
    '{count, plural, one {# precisa de atenção} other {# precisam de atenção}}',
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
