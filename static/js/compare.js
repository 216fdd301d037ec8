/* What is ticked to compare, kept over pages in the browser: names and ids alone, for half a day, so that the next who
   sits at a school's computer does not find them. Without a script the boxes are fields of the bar's form. */
(() => {
  const KEY = 'te-vergelijken'
  const KEPT_MS = 12 * 60 * 60 * 1000
  const KINDS = ['method', 'product']
  const nothing = () => Object.fromEntries(KINDS.map((kind) => [kind, []]))
  const bar = () => document.getElementById('vergelijkbalk')
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

  const read = () => {
    const kept = nothing()
    try {
      const found = JSON.parse(localStorage.getItem(KEY))
      if (!(Date.now() - found.at < KEPT_MS)) return kept
      for (const kind of KINDS) kept[kind] = found[kind].filter(({ id, name }) => id && name)
    } catch { /* Nothing was kept, or not by us. */ }
    return kept
  }

  // For where the browser keeps nothing: then what is ticked lives as long as the page.
  let kept = read()

  const write = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), ...kept }))
    } catch { /* Full, or forbidden. */ }
  }

  const say = (text) => {
    const status = document.getElementById('vergelijkbalk-bericht')
    if (status) status.textContent = text
  }

  const address = (kind) =>
    `${bar().getAttribute('action')}?${new URLSearchParams(kept[kind].map(({ id }) => [kind, id]))}`

  const showSet = (set) => {
    const kind = set.dataset.kind
    const items = kept[kind]
    set.hidden = !items.length
    set.querySelector('.compare-count').textContent =
      filled(items.length === 1 ? set.dataset.one : set.dataset.many, { n: items.length })
    set.querySelector('.compare-more').hidden = items.length > 1
    set.querySelector('.compare-go').hidden = items.length < 2
    set.querySelector('.compare-go').href = address(kind)
    set.querySelector('ul').replaceChildren(...items.map(({ id, name }) => {
      const item = bar().querySelector('.compare-item').content.cloneNode(true)
      item.querySelector('.compare-name').textContent = name
      const button = item.querySelector('button')
      button.setAttribute('aria-label', filled(bar().dataset.remove, { name }))
      button.dataset.compareRemove = id
      return item
    }))
  }

  const show = () => {
    if (!bar()) return
    if (!bar().dataset.ready) {
      bar().dataset.ready = 'true'
      bar().replaceChildren(bar().querySelector('template').content.cloneNode(true))
      const isWide = matchMedia('(min-width: 46rem)').matches
      for (const fold of bar().querySelectorAll('details')) fold.open = isWide
    }
    bar().hidden = !KINDS.some((kind) => kept[kind].length)
    bar().querySelectorAll('.compare-set').forEach(showSet)
    for (const tick of document.querySelectorAll('[data-compare-tick]')) {
      tick.checked = kept[tick.name].some(({ id }) => id === tick.value)
    }
  }

  const again = () => {
    kept = read()
    show()
  }

  const setFull = (isFull) => {
    const told = bar().querySelector('.compare-full')
    told.hidden = !isFull
    told.textContent = isFull ? bar().dataset.full : ''
  }

  const add = (tick) => {
    const { value: id, name: kind, dataset: { name } } = tick
    setFull(kept[kind].length >= Number(bar().dataset.most))
    if (kept[kind].length >= Number(bar().dataset.most)) {
      tick.checked = false
      return say(bar().dataset.full)
    }
    kept[kind].push({ id, name })
    say(filled(bar().dataset.added, { name }))
  }

  const remove = (kind, id) => {
    const gone = kept[kind].find((item) => item.id === id)
    kept[kind] = kept[kind].filter((item) => item.id !== id)
    if (!bar()) return
    setFull(false)
    if (gone) say(filled(bar().dataset.removed, gone))
  }

  document.addEventListener('change', ({ target }) => {
    if (!bar() || !target.matches('[data-compare-tick]')) return
    kept = read()
    if (target.checked) add(target)
    else remove(target.name, target.value)
    write()
    show()
  })

  // What was pressed goes away; the focus goes to what stands in its place.
  const inBar = (button) => {
    const set = button.closest('.compare-set')
    const kind = set.dataset.kind
    const place = [...set.querySelectorAll('li button')].indexOf(button)
    if (place >= 0) remove(kind, button.dataset.compareRemove)
    else {
      kept[kind] = []
      setFull(false)
      say(bar().dataset.cleared)
    }
    write()
    show()
    const left = set.querySelectorAll('li button')
    const next = left[Math.min(place, left.length - 1)] ?? document.querySelector('main')
    next.focus({ preventScroll: true })
  }

  document.addEventListener('click', ({ target }) => {
    const button = target.closest('.compare-bar button[type=button]')
    if (button) return inBar(button)
    // On the page of a comparison: a column that goes is no longer ticked; who looks for more goes on with its columns.
    const link = target.closest('[data-compare-drop], [data-compare-keep]')
    if (!link) return
    const { compareDrop: id, compareKeep: columns, kind } = link.dataset
    if (id) remove(kind, id)
    else kept[kind] = JSON.parse(columns)
    write()
  })

  for (const name of ['htmx:afterSwap', 'htmx:historyRestore']) document.addEventListener(name, show)
  addEventListener('pageshow', again)
  addEventListener('storage', ({ key }) => { if (key === KEY) again() })
  show()
})()
