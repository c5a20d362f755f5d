// Incognito mode: nothing played in this tab is sent to Trakt. It ends when the tab is closed, hence sessionStorage.
import { browser } from '$app/environment';

const KEY = 'kinometa.incognito';

class Incognito {
  on = $state(browser && sessionStorage.getItem(KEY) === 'on');

  toggle = (): void => {
    this.on = !this.on;
    if (this.on) sessionStorage.setItem(KEY, 'on');
    else sessionStorage.removeItem(KEY);
  };
}

export const incognito = new Incognito();
