import { html } from '@parley/shared/http/html';
import { barePage } from '../page/layout.ts';

export const signInPage = ({ next, problem }: { next: string; problem?: string }) =>
  barePage({
    title: 'Sign in',
    body: html`
      <main class="sign-in card">
        <img src="/assets/parley.svg" alt="" width="40" height="40">
        <h1>Parley</h1>
        <p class="muted">The operators’ dashboard</p>
        <form method="post" action="/sign-in">
          <input type="hidden" name="next" value="${next}">
          ${problem !== undefined && html`<p class="notice bad" role="alert">${problem}</p>`}
          <label>Name <input name="name" autocomplete="username" required autofocus></label>
          <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
          <button class="primary">Sign in</button>
        </form>
      </main>`,
  });
