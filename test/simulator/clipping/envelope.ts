import { type Answer, html, json } from '../wire/exchange';
import type { World } from '../world';

const sentences: Record<number, string> = {
  400: 'o pedido tem um campo ausente ou inválido',
  401: 'a chave de API falta ou não é válida',
  402: 'não há saldo: adicione coins para continuar',
  403: 'esta conta não pode fazer isso',
  404: 'não encontramos o que você pediu',
  409: 'isto já está em andamento',
  413: 'o corpo do pedido é grande demais',
  429: 'pedidos demais; tente daqui a pouco',
};

/** `{"erro": "…"}`, or what a shape has instead. */
export function failure(world: World, status: number, code?: string, sentence?: string): Answer {
  const text = sentence ?? sentences[status] ?? 'algo falhou do nosso lado';
  switch (world.shapes.get('clipping.errorForm')) {
    case 'error':
      return json(status, { error: text, ...(code && { code }) });
    case 'empty':
      return { status, headers: {}, body: null };
    case 'html':
      return html(status, `<html><body><h1>${status}</h1></body></html>`);
    default:
      return json(status, { erro: text });
  }
}
