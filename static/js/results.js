/* Results that follow the form at once. htmx asks for the address that the form or a link has, which answers with the
   same page as ever, and takes the filters and the results from it: what it takes and where it goes stands in the
   attributes of #zoeken. This keeps the focus, tells what was found, tells what went wrong, and goes back. */
(() => {
  const root = document.getElementById('zoeken')
  const field = document.getElementById('q')
  if (!root || !window.htmx) return

  const path = new URL(document.getElementById('zoekformulier').action).pathname
  const results = () => document.getElementById('resultaten')
  const heading = () => document.getElementById('resultaten-kop')

  // A region that is told aloud stands there before it has something to say.
  const status = document.createElement('p')
  status.className = 'visually-hidden'
  status.setAttribute('role', 'status')
  root.append(status)

  const showLabel = () => { document.querySelector('.filter-actions button').textContent = results().dataset.show }

  // What is open is the reader's own business: an answer says nothing of it.
  window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, element) =>
    !(name === 'open' && element.matches('details'))

  // Where the keyboard was, and what takes its place once that is replaced: the next chip for the one that was taken
  // away, the same control in the new results, the heading of a page that was turned to.
  let origin = null
  const placeOf = (element) => {
    const chips = element.closest('.active-filters')
    if (chips) {
      const kind = chips.matches('.understood') ? '.understood' : '.active-filters:not(.understood)'
      const place = [...chips.querySelectorAll('a')].indexOf(element)
      return () => {
        const links = document.querySelectorAll(`${kind} a:not(.clear)`)
        return links[Math.min(place, links.length - 1)]
      }
    }
    if (element.closest('.menu')) return () => document.querySelector('.menu summary')
    const id = element.closest('#resultaten [id]')?.id
    return () => id && document.getElementById(id)
  }

  const tell = (text) => {
    status.textContent = ''
    requestAnimationFrame(() => { status.textContent = text })
  }

  const forgetError = () => {
    document.getElementById('zoekfout')?.remove()
    results().classList.remove('is-old')
  }

  // The page around the results has addresses of the search as well: back to it after signing in or in another language.
  const followAddress = () => {
    const here = location.pathname + location.search
    for (const input of document.querySelectorAll('.site-header input[name=next]')) input.value = here
    for (const link of document.querySelectorAll('a[href*="next="]')) {
      const url = new URL(link.href)
      url.searchParams.set('next', here)
      link.href = url.pathname + url.search
    }
  }

  const updated = () => {
    const now = results()
    const { isPaging, place, isBack } = origin ?? {}
    forgetError()
    if (isBack || document.activeElement !== field) field.value = now.dataset.text
    showLabel()
    followAddress()
    document.dispatchEvent(new CustomEvent('results:updated'))
    const isLost = document.activeElement === document.body
    if (isPaging) now.scrollIntoView()
    if (isLost) (place?.() ?? heading())?.focus({ preventScroll: true })
    // A page that was turned to has its heading read, for the focus went there.
    if (!isPaging) tell(now.dataset.told)
    origin = null
  }

  const failed = ({ xhr, pathInfo }) => {
    const page = new DOMParser().parseFromString(xhr?.responseText ?? '', 'text/html')
    const said = page.querySelector('[role=alert]') ?? document.getElementById('niet-ververst').content
    const still = document.getElementById('nog-de-vorige').content.cloneNode(true)
    still.querySelector('a').href = pathInfo?.finalRequestPath ?? location.href
    const box = document.createElement('div')
    box.id = 'zoekfout'
    box.className = 'notice error'
    box.setAttribute('role', 'alert')
    forgetError()
    results().before(box)
    results().classList.add('is-old')
    box.append(...[...said.children].map((part) => part.cloneNode(true)), still)
  }

  root.addEventListener('htmx:configRequest', ({ detail }) => {
    // An address without a text has none, rather than an empty one.
    if (!detail.formData.get('q')) detail.formData.delete('q')
  })

  root.addEventListener('htmx:beforeRequest', ({ detail }) => {
    const isPaging = Boolean(detail.elt.closest('.pagination'))
    const from = detail.elt.matches('a') ? detail.elt : document.activeElement
    origin = { isPaging, place: isPaging ? heading : placeOf(from), isBack: origin?.isBack }
  })

  document.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr } = event.detail
    // A number that is a product's leads to that product, and what is no search has a page of its own.
    if (xhr.responseURL && new URL(xhr.responseURL).pathname !== path) {
      event.preventDefault()
      location.assign(xhr.responseURL)
    } else if (xhr.status === 404) {
      event.detail.shouldSwap = true // Past the last page: told in the place of the results.
      event.detail.isError = false
    }
  })

  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    const url = detail.xhr?.responseURL
    if (url && new URL(url).pathname === path && !detail.failed) updated()
  })
  for (const name of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
    document.addEventListener(name, ({ detail }) => failed(detail))
  }

  // Back and forward: the address has changed already, and the server says again what stood there.
  document.addEventListener('htmx:historyCacheMiss', (event) => {
    event.preventDefault()
    origin = { isBack: true }
    // Without an answer it is told by htmx:sendError; the promise has nothing to add.
    window.htmx.ajax('GET', event.detail.path, { source: root, target: '#resultaten' }).catch(() => {})
  })

  root.classList.add('is-instant')
  if (results().dataset.show) showLabel()
})()
