/* Keeps a review that is being written while its writer types, and counts what is left of a text. Without this, the
   button "Concept bewaren" keeps it. */
(() => {
  const form = document.querySelector('form[data-draft]')
  if (!form) return

  const PAUSE = 1500 // Milliseconds without a key: long enough for a word, short enough to lose no more than that.
  const FIRST_RETRY = 5000
  const LAST_RETRY = 60000
  const TWICE = 3000
  const KEPT_ALIVE = 60000 // Browsers let a page that closes send 64 kB at most.

  const state = document.querySelector('[data-draft-state]')
  const words = form.dataset
  let timer = 0
  let retry = FIRST_RETRY
  let isBusy = false
  let isDirty = false
  let sending = null // The button that waits until what is on its way has come.
  let sentAt = -Infinity
  let isOver = false // Another window went on, or nobody is signed in: only a person can say what to do.

  const tell = (text, isWrong = false) => {
    if (state.textContent.trim() !== text) state.textContent = text
    state.classList.toggle('is-wrong', isWrong)
  }

  const plan = (milliseconds) => {
    clearTimeout(timer)
    timer = setTimeout(keep, milliseconds)
  }

  const later = (text) => {
    isDirty = true
    tell(text, true)
    plan(retry)
    retry = Math.min(retry * 2, LAST_RETRY)
  }

  const keep = async (isLeaving = false) => {
    if (isOver || isBusy || !isDirty) return
    isBusy = true
    isDirty = false
    const body = new URLSearchParams(new FormData(form))
    try {
      const response = await fetch(words.draft, {
        method: 'POST',
        body,
        credentials: 'same-origin',
        redirect: 'error',
        keepalive: isLeaving === true && body.toString().length < KEPT_ALIVE
      })
      const isJson = (response.headers.get('Content-Type') ?? '').startsWith('application/json')
      if (response.ok && isJson) {
        const { message, saves } = await response.json()
        form.elements.saves.value = saves
        retry = FIRST_RETRY
        tell(isDirty ? words.waiting : message)
        if (isDirty) plan(PAUSE)
      } else if (response.status >= 500 || response.status === 429) later(words.failed)
      else if (isJson) {
        // Too large may become smaller; the others stay as they are.
        isOver = response.status !== 422
        tell((await response.json()).message, true)
      } else {
        isOver = true
        tell(words.stale, true)
      }
    } catch {
      later(words.failed)
    } finally {
      isBusy = false
      const button = sending
      sending = null
      if (button) form.requestSubmit(button)
    }
  }

  const changed = () => {
    isDirty = true
    if (isOver) return
    tell(words.waiting)
    plan(PAUSE)
  }

  const count = (area) => {
    const most = Number(area.dataset.most)
    const length = [...area.value].length
    const line = area.parentElement.querySelector('.count') ?? area.insertAdjacentElement('afterend', document.createElement('p'))
    line.className = length > most ? 'count over' : 'count'
    line.hidden = length < most * 0.8
    line.textContent = words.count.replace('{n}', length).replace('{most}', most)
  }

  form.addEventListener('input', ({ target }) => {
    if (target.matches('textarea[data-most]')) count(target)
    changed()
  })
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    // Sent at once, it would be an older window than the one that is being kept.
    if (isBusy) {
      event.preventDefault()
      sending = event.submitter
      return
    }
    // A second click of a double click; the server would tell that it was sent already.
    if (performance.now() - sentAt < TWICE) event.preventDefault()
    else sentAt = performance.now()
    isOver = true
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep(true)
  })
  // The way back shows a page as it was left; what is kept is newer.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload()
  })
  for (const area of form.querySelectorAll('textarea[data-most]')) count(area)
})()
