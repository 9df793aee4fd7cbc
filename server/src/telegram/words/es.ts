import type { Words } from './en.ts';

const stars = (count: number): string => `${count} ${count === 1 ? 'estrella' : 'estrellas'}`;

export const es: Words = {
  play: 'Jugar a Slingdust',
  openShop: 'Abrir la tienda',
  start:
    'Toca para lanzar tu cometa de planeta en planeta, por delante del vacío que sube. En la tienda te esperan escudos, imanes y segundos alientos, por estrellas de Telegram.',
  shop: 'La tienda está en el juego: precios en estrellas de Telegram, entregado en cuanto Telegram lo confirma.',
  commands: {
    start: 'Abrir el juego',
    shop: 'Abrir la tienda',
    paysupport: 'Ayuda con un pago',
    terms: 'Condiciones de venta',
    privacy: 'Qué guardamos',
  },
  description: 'Slingdust: un toque, una órbita, una vez más.',
  paysupport: {
    none: 'Todavía no has comprado nada.',
    recent: 'Tus últimos pagos:',
    states: { credited: 'entregado', refunding: 'devolución en curso', refunded: 'devuelto', done: 'hecho' },
    how: 'Si falta algo, cierra y abre el juego una vez: todo lo pagado se entrega al conectar. ¿Sigue faltando, o quieres recuperar tus estrellas? Envía /paysupport y unas palabras con el número de pedido, y una persona te responderá.',
    plain:
      'Nadie lee este chat por sí solo. Para hablar con una persona, envía /paysupport y tus palabras en un solo mensaje.',
    sent: 'Gracias. Tenemos tu mensaje y una persona te responderá en este chat.',
    nobody:
      'Aquí todavía no hay nadie que lea mensajes. Díselo a quien te dio este juego; tus compras están a salvo.',
    order: 'pedido',
    stars,
    notSent: 'Ahora no se ha podido pasar tu mensaje. Vuelve a enviarlo en unos minutos.',
  },
  terms:
    'Lo que compras aquí sirve solo en Slingdust y se entrega en cuanto Telegram confirma el pago. Los precios están en estrellas de Telegram y se ven antes de pagar. Un pago que no se puede entregar se devuelve entero. Lo usado no se devuelve; escribe /paysupport y lo miramos. Telegram no es parte de la venta.',
  privacy:
    'Guardamos tu identificador de Telegram, qué compraste, cuándo, por cuántas estrellas y qué te queda. Lo necesitamos para entregar y para devolver. Para las tablas: tu nombre de pila, tu mejor partida y los amigos con los que compartes tabla. Sin teléfono. Lo que escribes con /paysupport llega a quienes responden; no pasamos nada más a nadie.',
  news: {
    refunded: (count, title) =>
      `Devolución: ${stars(count)} por «${title}» vuelven a ser tuyas, y lo que daba se ha retirado.`,
    debt: (items) => `Ya usado: ${items}. Lo próximo que consigas lo compensa primero.`,
    undelivered: (count, title, why) => `${why} ${stars(count)} por «${title}» vuelven a ser tuyas.`,
    second: 'Ese pedido ya estaba pagado.',
    payer: 'Esa factura era de otro jugador.',
    amount: 'La suma no coincidía con el pedido.',
    orphan: 'No pudimos saber para qué era ese pago.',
    limit: 'Ya tienes tantos como puede tener un jugador.',
    stock: 'El último se vendió antes de que llegara tu pago.',
    kept: 'Se empezó una devolución y no se pudo hacer: tus objetos han vuelto. Escribe a /paysupport si tienes preguntas.',
  },
  refusals: {
    foreign: 'Esta factura no es nuestra. No se te ha cobrado.',
    payer: 'Esta factura es de otro jugador. Abre el juego y compra la tuya. No se te ha cobrado.',
    unknown_order: 'Este pedido ya no se conoce. Vuelve a comprar en el juego. No se te ha cobrado.',
    already_paid: 'Este pedido ya está pagado. No se te ha cobrado otra vez.',
    ended: 'Este pedido ha terminado. Vuelve a comprar en el juego. No se te ha cobrado.',
    expired: 'Este pedido ha caducado. Vuelve a comprar en el juego. No se te ha cobrado.',
    amount: 'La suma no coincide con el pedido. Vuelve a comprar en el juego. No se te ha cobrado.',
    withdrawn: 'Esta oferta ya no está a la venta. No se te ha cobrado.',
    already_owned: 'Ya lo tienes. No se te ha cobrado.',
    limit_reached: 'Ya has comprado tantos como puede un jugador. No se te ha cobrado.',
    sold_out: 'El último se acaba de vender. No se te ha cobrado.',
    restoring: 'La tienda está recuperando compras. Prueba dentro de un minuto. No se te ha cobrado.',
    unavailable: 'La tienda está ocupada. Prueba dentro de un minuto. No se te ha cobrado.',
  },
};
