/** Has the browser store the text as a file. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address when the click is over; the text stays in memory for as long as the address is good.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
