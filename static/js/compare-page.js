/* A comparison without waiting for the server: only differences, groups that fold, and its address to the clipboard.
   Each is a link or a field that works by itself; the address is kept as the server would print it. */
(() => {
  const only = document.querySelector('[data-only-differences]')
  const status = document.getElementById('vergelijking-bericht')
  const groups = [...document.querySelectorAll('.compare-group')]
  const options = document.getElementById('vergelijkkeuze')

  const show = () => {
    for (const group of groups) {
      const isFolded = group.hasAttribute('data-folded')
      for (const row of group.querySelectorAll('tr:not(.compare-group-head)')) {
        row.hidden = isFolded || (only.checked && row.hasAttribute('data-same'))
      }
      group.querySelector('[data-fold]').setAttribute('aria-expanded', String(!isFolded))
    }
  }

  // Every address on the page that shows this comparison has to lead to what is seen.
  const withView = (address) => {
    const url = new URL(address, location.href)
    url.searchParams.delete('dicht')
    url.searchParams.delete('verschil')
    if (only.checked) url.searchParams.append('verschil', '1')
    for (const group of groups) if (group.hasAttribute('data-folded')) url.searchParams.append('dicht', group.dataset.code)
    return url
  }

  const keepAddress = () => {
    history.replaceState(null, '', withView(location.href))
    const field = document.getElementById('deel-adres')
    field.value = withView(field.value)
    document.querySelector('.compare-printed-address').textContent = field.value
    for (const link of document.querySelectorAll('.compare-moves a, .compare-share a')) link.href = withView(link.href)
    for (const group of groups) {
      const link = group.querySelector('[data-fold]')
      const url = withView(link.href)
      const codes = new Set(url.searchParams.getAll('dicht'))
      url.searchParams.delete('dicht')
      if (!codes.delete(group.dataset.code)) codes.add(group.dataset.code)
      for (const code of codes) url.searchParams.append('dicht', code)
      link.href = url
    }
    for (const field of options.querySelectorAll('[name=dicht]')) field.remove()
    for (const group of groups) {
      if (!group.hasAttribute('data-folded')) continue
      const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'dicht', value: group.dataset.code })
      options.append(field)
    }
  }

  only.addEventListener('change', () => {
    show()
    keepAddress()
    const hidden = document.querySelectorAll('[data-same]').length
    status.textContent = only.checked ? status.dataset.hidden.replace('{n}', hidden) : status.dataset.shown
  })

  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-fold]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    link.closest('.compare-group').toggleAttribute('data-folded')
    show()
    keepAddress()
  })

  const copy = document.querySelector('[data-copy]')
  const field = document.getElementById(copy.dataset.copy)
  copy.hidden = false
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      copy.querySelector('span').textContent = status.textContent = copy.dataset.copied
    } catch {
      field.select() // Without a safe connection a page has no clipboard; the keyboard copies what is selected.
    }
  })

  const print = document.querySelector('[data-print]')
  print.hidden = false
  print.addEventListener('click', () => window.print())

  // A browser that goes back restores the box, not the rows.
  addEventListener('pageshow', show)
})()
