/** The code by which a player invites others to their board. It fits into a start parameter as it is. */
export const INVITATION = /^f([0-9a-z]{1,11})_([\w-]{8})$/;
