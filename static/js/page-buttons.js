/* Buttons that only a script can do anything for, shown where it runs: print this page, and copy a text of it.
   <button data-print hidden> and <button data-copy="id of the text" data-copied="what to say" hidden><span>…</span>. */
(() => {
  const SAID_MS = 4000

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }

  // Only a page that came safely (https, or this machine) may write to the clipboard.
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll('[data-copy]')) {
    const text = document.getElementById(button.dataset.copy)
    const label = button.querySelector('span')
    const name = label.textContent
    const status = document.createElement('span')
    status.className = 'visually-hidden'
    status.setAttribute('role', 'status')
    button.after(status)
    button.hidden = false

    const say = (words) => {
      label.textContent = words || name
      status.textContent = words
    }
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text.textContent.replace(/\s+/g, ' ').trim())
      say(button.dataset.copied)
      setTimeout(say, SAID_MS, '')
    })
  }
})()
