import { button, h } from './dom.ts';
import { failure } from './failure.ts';
import { avatar } from './icons.ts';
import { choiceFrom, launch } from './launch.ts';
import { MiniApp } from './mini-app.ts';
import { createPhone } from './phone.ts';
import { type Session, sandbox } from './session.ts';
import { applyTheme, preferredTheme } from './theme.ts';
import { createTraffic } from './traffic.ts';
import { wordsFor } from './words.ts';

/** Only the game, filling the window, opened at once for the player of the address. */
export async function startBare(userId: number): Promise<void> {
  const phone = createPhone(true);
  const theme = preferredTheme();
  const choice = choiceFrom(location.search);
  // Bare mode has no panel to show them in.
  const traffic = createTraffic(() => undefined);
  applyTheme(theme);
  document.body.append(phone.element);

  function offerAgain(session: Session): void {
    const words = wordsFor(session.player.language_code);
    const again = h(
      'section',
      { class: 'closed' },
      avatar(session.bot.first_name, session.bot.id),
      h('p', {}, words.gameClosed(session.bot.first_name)),
      button(
        words.openGame,
        'primary',
        () => {
          again.remove();
          void open(session);
        },
        words.openGame,
      ),
    );
    phone.screen.append(again);
  }

  async function open(session: Session, startParam = choice.startParam): Promise<void> {
    try {
      const src = await launch(userId, { ...choice, startParam }, theme);
      const game = new MiniApp({
        phone,
        src,
        session,
        theme,
        traffic,
        words: wordsFor(session.player.language_code),
        choice,
        bare: true,
        openPanel: () => undefined,
        onMinimised: () => game.restore(),
        onClosed: () => offerAgain(session),
        relaunch: (next) => {
          game.dispose();
          void open(session, next);
        },
      });
    } catch (error) {
      phone.screen.append(failure(error));
    }
  }

  try {
    const session = await sandbox.session(userId);
    document.title = session.bot.first_name;
    document.documentElement.lang = session.player.language_code;
    await open(session);
  } catch (error) {
    phone.screen.append(failure(error));
  }
}
