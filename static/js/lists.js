/* The list of who has no account. This browser alone holds it: of each line the kind, id and name of a method or
   product, with a number and a note. What it says of them is asked from the server each time it is shown. */
(() => {
  // A part of a page that is put in later may bring this script along again.
  const root = document.documentElement
  if (root.dataset.lists) return
  root.dataset.lists = 'on'

  const KEY = 'lijst-zonder-account'
  const KINDS = ['method', 'product']
  const MOST = 100
  const MOST_NUMBER = 100000
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
  const is = (item) => (other) => other.kind === item.kind && other.id === item.id

  // What was stored may be of another version, of another script, or broken off.
  const isLine = (item) => KINDS.includes(item?.kind) && /^[0-9a-z]{1,13}$/.test(item.id)
  const asLine = ({ kind, id, name, note, number }) => ({
    kind,
    id,
    name: String(name || id).slice(0, 500),
    note: typeof note === 'string' ? note : '',
    number: Number.isInteger(number) && number > 0 && number <= MOST_NUMBER ? number : null
  })

  /* {items, fault}; fault: "blocked" where the browser stores nothing, "broken" where it stored what nobody can read. */
  const read = () => {
    let text
    try {
      text = localStorage.getItem(KEY)
    } catch {
      return { items: [], fault: 'blocked' }
    }
    if (text === null) return { items: [], fault: '' }
    try {
      const found = JSON.parse(text).items.filter(isLine).map(asLine)
      return { items: found.filter((item, place) => found.findIndex(is(item)) === place).slice(0, MOST), fault: '' }
    } catch {
      return { items: [], fault: 'broken' }
    }
  }

  /* "" or why it was not stored: "full", "blocked". */
  const write = (items) => {
    try {
      if (items.length) localStorage.setItem(KEY, JSON.stringify({ items }))
      else localStorage.removeItem(KEY)
      return ''
    } catch (error) {
      return error.name === 'QuotaExceededError' ? 'full' : 'blocked'
    }
  }

  // Beside methods and products: links to sign in, of which this makes buttons.

  const press = (button, isOn) => {
    button.setAttribute('aria-pressed', String(isOn))
    const picture = button.querySelector('use')
    picture?.setAttribute('href', picture.getAttribute('href').replace(/#.*/, isOn ? '#check' : '#list-plus'))
  }

  const asItem = ({ dataset: { keepLocal: kind, id, name } }) => ({ kind, id, name, note: '', number: null })

  const makeButtons = () => {
    for (const link of document.querySelectorAll('a[data-keep-local]')) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = link.className
      Object.assign(button.dataset, link.dataset)
      button.append(...link.childNodes)
      link.replaceWith(button)
    }
    const { items } = read()
    for (const button of document.querySelectorAll('button[data-keep-local]')) {
      press(button, items.some(is(asItem(button))))
    }
  }

  const toggle = (button) => {
    const { items } = read()
    const item = asItem(button)
    const isOn = items.some(is(item))
    const words = document.querySelector('[data-local-status]')
    let fault = !isOn && items.length >= MOST ? 'full' : ''
    fault ||= write(isOn ? items.filter((other) => !is(item)(other)) : [...items, item])
    const told = fault || (isOn ? 'removed' : 'added')
    words.textContent = filled(words.dataset[told], item)
    // What went wrong must be seen as well as heard.
    words.classList.toggle('visually-hidden', !fault)
    makeButtons()
    showHints()
  }

  // Where a page tells that there is such a list.

  const showHints = () => {
    const { length } = read().items
    for (const hint of document.querySelectorAll('[data-local-hint]')) {
      hint.hidden = !length
      const text = length === 1 ? hint.dataset.one : hint.dataset.many
      hint.querySelector('[data-local-count]').textContent = filled(text, { n: length })
    }
  }

  // The page of the list.

  const page = document.querySelector('[data-local-list]')
  const message = document.querySelector('[data-local-message]')

  const say = (text, isWrong = false) => {
    const told = document.createElement('p')
    told.className = isWrong ? 'notice error' : 'notice'
    told.textContent = text
    message.replaceChildren(told)
  }

  const lines = () => page.querySelector('[data-items]')
  const itemOf = (line) => ({ kind: line.dataset.kind, id: line.dataset.id })

  const keep = (items, told) => {
    const fault = write(items)
    say(fault ? page.dataset[fault] : told, Boolean(fault))
  }

  const missing = (item) => {
    const line = page.querySelector('[data-missing]').content.firstElementChild.cloneNode(true)
    Object.assign(line.dataset, { kind: item.kind, id: item.id })
    line.querySelector('[data-name]').textContent = item.name
    for (const text of line.querySelectorAll('button .visually-hidden')) text.prepend(item.name)
    return line
  }

  const lineOf = (item, found) => {
    const line = found.querySelector(`[data-kind="${item.kind}"][data-id="${item.id}"]`) ?? missing(item)
    const number = line.querySelector('[data-number]')
    const note = line.querySelector('[data-note]')
    if (number) number.value = item.number ?? ''
    if (note) note.value = item.note
    return line
  }

  const show = async () => {
    const { items, fault } = read()
    page.hidden = fault === 'blocked'
    page.querySelector('[data-empty]').hidden = items.length > 0
    page.querySelector('[data-filled]').hidden = !items.length
    if (fault) say(page.dataset[fault], true)
    if (!items.length) return lines().replaceChildren()
    lines().setAttribute('aria-busy', 'true')
    const address = `${page.dataset.rowsUrl}?${new URLSearchParams(items.map(({ kind, id }) => [kind, id]))}`
    try {
      const answer = await fetch(address)
      if (!answer.ok) throw new Error(answer.status)
      const found = document.createElement('template')
      found.innerHTML = await answer.text()
      lines().replaceChildren(...items.map((item) => lineOf(item, found.content)))
      // Boxes to compare by have come in: what marks them listens for this.
      document.dispatchEvent(new CustomEvent('htmx:afterSwap'))
    } catch {
      say(page.dataset.failed, true)
    }
    lines().removeAttribute('aria-busy')
  }

  const move = (button) => {
    const line = button.closest('li')
    const { items } = read()
    const here = items.findIndex(is(itemOf(line)))
    const there = Math.min(Math.max(here + Number(button.dataset.move), 0), items.length - 1)
    if (here < 0) return show()
    const [item] = items.splice(here, 1)
    items.splice(there, 0, item)
    keep(items, filled(page.dataset.moved, { name: item.name, n: there + 1 }))
    const others = [...lines().children].filter((other) => other !== line)
    lines().insertBefore(line, others[there] ?? null)
    button.focus()
  }

  const remove = (line) => {
    const item = read().items.find(is(itemOf(line)))
    const items = read().items.filter((other) => !is(itemOf(line))(other))
    const next = line.nextElementSibling ?? line.previousElementSibling
    keep(items, filled(page.dataset.removed, { name: item?.name ?? '' }))
    line.remove()
    if (items.length) next?.querySelector('[data-remove]').focus()
    else {
      show()
      document.querySelector('main').focus()
    }
  }

  const note = (field) => {
    if (!field.checkValidity()) return field.reportValidity()
    const { items } = read()
    const item = items.find(is(itemOf(field.closest('li'))))
    if (!item) return show()
    if ('note' in field.dataset) item.note = field.value
    else item.number = field.value ? Number(field.value) : null
    keep(items, page.dataset.changed)
  }

  const sent = (form) => {
    form.elements.regels.value = JSON.stringify(read().items)
    return form
  }

  const saveInAccount = async (form) => {
    const body = new FormData(sent(form))
    const button = form.querySelector('button')
    button.disabled = true // Pressed twice it would make two lists.
    try {
      const answer = await fetch(form.action, { method: 'POST', body })
      const told = await answer.json()
      if (!answer.ok) return say(told.message, true)
      const kept = told.kept.map(([kind, id]) => ({ kind, id }))
      const left = read().items.filter((item) => !kept.some(is(item)))
      write(left)
      if (!left.length) return location.assign(told.url)
      await show()
      say(page.dataset.left)
    } catch {
      say(page.dataset.failed, true)
    } finally {
      button.disabled = false
    }
  }

  const openPage = () => {
    document.querySelector('[data-without-script]').remove()
    page.addEventListener('change', ({ target }) => {
      if (target.matches('[data-number], [data-note]')) note(target)
    })
    page.addEventListener('click', ({ target }) => {
      const button = target.closest('button')
      if (!button) return
      if (button.dataset.move) move(button)
      else if ('remove' in button.dataset) remove(button.closest('li'))
      else if ('clear' in button.dataset) {
        keep([], page.dataset.cleared)
        show()
        document.querySelector('main').focus()
      }
    })
    page.addEventListener('submit', (event) => {
      if (event.target.matches('[data-local-send]')) sent(event.target)
      else if (event.target.matches('[data-local-keep]')) {
        event.preventDefault()
        saveInAccount(event.target)
      }
    })
    show()
  }

  const again = () => {
    makeButtons()
    showHints()
  }

  document.addEventListener('click', ({ target }) => {
    const button = target.closest('button[data-keep-local]')
    if (button) toggle(button)
  })
  for (const name of ['htmx:afterSwap', 'htmx:historyRestore']) document.addEventListener(name, again)
  addEventListener('pageshow', again)
  addEventListener('storage', ({ key }) => {
    if (key !== KEY) return
    again()
    if (page) show()
  })
  again()
  if (page) openPage()
})()
