/** How the pages of the identity provider look, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #f4f6f8; --card: #fff; --line: #d9dfe5; --text: #17212b; --quiet: #566473; --accent: #0b6a74; --on: #fff; --wrong: #b3261e }
@media (prefers-color-scheme: dark) { :root { --ground: #11171d; --card: #1a222a; --line: #313d49; --text: #e8edf2; --quiet: #9fb0bf; --accent: #5cc4cf; --on: #06262a; --wrong: #ff9d93 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 16px; padding: 24px 16px; background: var(--ground); color: var(--text); font: 15px/1.45 system-ui, "Noto Sans CJK SC", sans-serif }
main { width: 100%; max-width: 460px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 28px }
h1 { margin: 0; font-size: 22px; line-height: 1.25; letter-spacing: -.01em }
.lead { margin: 4px 0 20px; color: var(--quiet) }
.wrong { color: var(--wrong) }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px }
button { font: inherit; color: inherit; cursor: pointer }
li button { width: 100%; display: flex; align-items: center; gap: 12px; padding: 10px 12px; background: none; border: 1px solid var(--line); border-radius: 8px; text-align: left }
li button:hover { border-color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.face { flex: none; width: 36px; height: 36px; border-radius: 50%; display: grid; place-items: center; background: var(--accent); color: var(--on); font-size: 13px; font-weight: 600 }
.who { flex: 1; display: grid }
.who span, .count { color: var(--quiet); font-size: 13px }
.count { white-space: nowrap }
details { margin-top: 16px; border-top: 1px solid var(--line); padding-top: 12px }
summary { cursor: pointer; color: var(--quiet) }
details form { display: grid; gap: 12px; margin-top: 12px }
label { display: grid; gap: 4px; font-size: 13px; color: var(--quiet) }
input { font: inherit; font-size: 15px; padding: 8px 10px; color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 6px }
.enter { justify-self: start; padding: 8px 16px; border: 0; border-radius: 6px; background: var(--accent); color: var(--on); font-weight: 600 }
footer { max-width: 460px; text-align: center; color: var(--quiet); font-size: 13px }
`;
