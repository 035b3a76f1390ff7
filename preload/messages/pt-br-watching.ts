import type { watchingMessages } from './en-watching';

/** Text about how an account is watched, what that costs, and when it is told, in Brazilian Portuguese. */
export const ptBrWatching = {
  // What it costs
  'account.requests': 'Consultas na última hora',
  'account.requests.of': '{count} de {limit}',
  'account.cost': 'Custo das consultas',
  'account.cost.day': 'Cerca de {coins} por dia',
  'account.cost.least': 'Menos de {coins} por dia',
  'account.cost.estimated': 'Estimativa',
  'account.cost.none': 'Nenhum',
  'account.remaining': 'Consultas restantes',
  'account.remaining.of': '{remaining} de {limit}',
  'account.remaining.until': 'O {service} reinicia a contagem às {time}.',
  'account.remaining.told': 'Segundo o {service}.',
  'account.metered': 'A verificação é menos frequente enquanto a rede é limitada.',
  'poll.budget': 'Por ora, já consultou tantas vezes quanto pode.',

  // How closely
  'account.pace': 'Ritmo do acompanhamento',
  'pace.saving': 'Econômico',
  'pace.balanced': 'Equilibrado',
  'pace.close': 'De perto',
  'pace.saving.text': 'O aviso quase sempre chega em meio minuto, com o mínimo de consultas.',
  'pace.saving.text.coins': 'O aviso quase sempre chega em meio minuto, e é o que custa menos.',
  'pace.balanced.text': 'O aviso quase sempre chega em dez segundos, sem consultas demais.',
  'pace.balanced.text.coins': 'O aviso quase sempre chega em dez segundos, a um custo moderado.',
  'pace.close.text': 'O aviso quase sempre chega em poucos segundos, com o máximo de consultas.',
  'pace.close.text.coins': 'O aviso quase sempre chega em poucos segundos, e é o que custa mais.',

  // What is told
  'account.telling': 'Avisar',
  'telling.processing': 'Quando um clipe ficar pronto',
  'telling.render': 'Quando uma renderização terminar',
  'telling.execution': 'Quando uma execução terminar',
  'telling.all': 'Sempre',
  'telling.failures': 'Só se falhar',
  'telling.nothing': 'Nunca',
  'telling.sound': 'Com som',

  // Settings
  'settings.notifications.accounts': 'Cada conta tem sua própria escolha de avisos.',
  'settings.notifications.accounts.go': 'Ir para Contas',
  'settings.quietHours': 'Horário de silêncio',
  'settings.quietHours.text':
    'Sem notificações nesse período. O que terminar nele é avisado de uma vez depois.',
  'settings.quietHours.from': 'Das',
  'settings.quietHours.to': 'Até',
  'settings.quietHours.nextDay': 'do dia seguinte',
  'settings.quietHours.same': 'Os dois horários são iguais, então não há silêncio.',
  'settings.doNotDisturb': 'Respeitar o “não perturbe”',
  'settings.doNotDisturb.text':
    'Enquanto ele estiver ativo na sua área de trabalho, nada aparece. O que terminar nesse tempo é avisado de uma vez depois.',
  'settings.doNotDisturb.now': 'Está ativo agora: as notificações esperam.',
  'settings.doNotDisturb.nowIgnored': 'Está ativo agora, e as notificações aparecem mesmo assim.',
  'settings.history': 'Histórico',
  'settings.historyDays': 'Guardar tarefas finalizadas',
  'settings.historyDays.text':
    'As mais antigas são excluídas deste computador, nunca nos serviços.',
  'settings.historyDays.forever': 'Para sempre',
  'settings.historyDays.days': '{days, plural, one {# dia} =365 {1 ano} other {# dias}}',
  'shorten.title':
    '{days, plural, one {Guardar tarefas só por # dia?} =365 {Guardar tarefas só por 1 ano?} other {Guardar tarefas só por # dias?}}',
  'shorten.text':
    'As tarefas que terminaram antes disso são excluídas do histórico neste computador e não podem ser recuperadas. Os vídeos e resultados nos serviços continuam lá.',
  'shorten.confirm': 'Excluir as mais antigas',
} satisfies Record<keyof typeof watchingMessages, string>;
