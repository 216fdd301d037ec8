/* Suggestions below a search field while somebody types: an editable combobox with a list (WAI-ARIA APG, "list
   autocomplete with manual selection"). The focus never leaves the field, and nothing is chosen by itself, so Enter
   searches for what was typed until an arrow key went to a suggestion. Suggestions are links: they open as links do. */
(() => {
  const WAIT_MS = 150
  const SHORTEST = 2

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...children)
    return element
  }

  const equip = (input) => {
    const { suggest: address, suggestLabel: label } = input.dataset
    const list = make('div', { id: `${input.id}-suggesties`, class: 'suggestions', role: 'listbox', 'aria-label': label })
    const status = make('div', { class: 'visually-hidden', role: 'status' })
    list.hidden = true
    input.parentElement.classList.add('has-suggestions')
    input.parentElement.append(list)
    // A region that is told aloud stands there before it has something to say, and not on pages where nobody types.
    const listen = () => input.parentElement.append(status)
    if (document.activeElement === input) listen()
    else input.addEventListener('focus', listen, { once: true })
    for (const [name, value] of Object.entries({
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false',
      'aria-haspopup': 'listbox', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false'
    })) input.setAttribute(name, value)

    let options = []
    let active = -1
    let timer = 0
    let request = null

    const mark = (place) => {
      options[active]?.setAttribute('aria-selected', 'false')
      active = place
      const option = options[active]
      if (!option) return input.removeAttribute('aria-activedescendant')
      option.setAttribute('aria-selected', 'true')
      option.scrollIntoView({ block: 'nearest' })
      input.setAttribute('aria-activedescendant', option.id)
    }

    const close = () => {
      clearTimeout(timer)
      request?.abort()
      request = null
      mark(-1)
      options = []
      list.hidden = true
      list.replaceChildren()
      status.textContent = ''
      input.setAttribute('aria-expanded', 'false')
    }

    // Headings are for the eye: VoiceOver says nothing of options within a group, so each tells its own kind.
    const show = ({ groups, message }) => {
      mark(-1)
      options = []
      list.replaceChildren(...groups.flatMap((group) => [
        make('div', { class: 'suggestions-kind', 'aria-hidden': 'true' }, group.label),
        ...group.items.map((item) => {
          const about = item.about ? [make('span', { class: 'meta' }, item.about)] : []
          const option = make('a', {
            id: `${list.id}-${options.length + 1}`, role: 'option', href: item.url, tabindex: '-1',
            'aria-selected': 'false', 'aria-label': [item.name, item.about, item.kind].filter(Boolean).join(', ')
          }, make('span', {}, item.name), ...about)
          options.push(option)
          return option
        })
      ]))
      list.hidden = !options.length
      input.setAttribute('aria-expanded', String(Boolean(options.length)))
      status.textContent = message
    }

    const ask = async () => {
      const text = input.value.trim()
      request?.abort()
      if (text.length < SHORTEST) return close()
      const own = request = new AbortController()
      try {
        const url = new URL(address, location.href)
        url.searchParams.set('q', text)
        const answer = await fetch(url, { signal: own.signal, headers: { Accept: 'application/json' } })
        const found = await answer.json()
        if (own === request) show(found)
      } catch {
        if (own === request) close() // Without an answer the field is a field; who typed on has asked anew.
      }
    }

    input.addEventListener('input', (event) => {
      clearTimeout(timer)
      mark(-1)
      if (!event.isComposing) timer = setTimeout(ask, WAIT_MS)
    })
    input.addEventListener('compositionend', () => { timer = setTimeout(ask, WAIT_MS) })
    input.addEventListener('blur', close)
    input.form?.addEventListener('submit', close)

    input.addEventListener('keydown', (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || list.hidden) return
      const last = options.length - 1
      // Beyond the last and the first lies the field itself.
      if (event.key === 'ArrowDown') mark(active === last ? -1 : active + 1)
      else if (event.key === 'ArrowUp') mark(active === -1 ? last : active - 1)
      else if (event.key === 'Enter' && options[active]) options[active].click()
      else if (event.key === 'Escape') close()
      else {
        // Home, End and the other arrows move in the text; the choice goes back to it.
        if (['Home', 'End', 'ArrowLeft', 'ArrowRight'].includes(event.key)) mark(-1)
        return
      }
      event.preventDefault()
    })

    // A press would take the focus away, and the list with it, before the click comes.
    list.addEventListener('mousedown', (event) => event.preventDefault())
    list.addEventListener('click', (event) => {
      if (event.target.closest('[role=option]') && !event.ctrlKey && !event.metaKey) setTimeout(close)
    })
  }

  for (const input of document.querySelectorAll('input[data-suggest]')) equip(input)
})()
