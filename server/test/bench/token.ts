/** Of a bot that exists nowhere. */
export const TOKEN = '7000000001:bench-only-this-bot-exists-nowhere-else';
