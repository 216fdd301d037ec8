/* Shows what works only with a script, and tells in words why a key was not used; allauth's scripts do the rest. */
(() => {
  const knowsKeys = typeof window.PublicKeyCredential === 'function'
  for (const part of document.querySelectorAll('[data-without-script]')) part.hidden = true
  for (const part of document.querySelectorAll('[data-needs-key]')) part.hidden = !knowsKeys
  for (const part of document.querySelectorAll('[data-no-keys]')) part.hidden = knowsKeys

  document.addEventListener('allauth.error', (event) => {
    event.preventDefault()
    const said = [...document.querySelectorAll('[data-key-error]')]
    for (const part of said) part.hidden = true
    const name = event.detail.exception?.name
    const fitting = said.find((part) => part.dataset.keyError === name) ?? said.find((part) => !part.dataset.keyError)
    if (fitting) fitting.hidden = false
  })
})()
