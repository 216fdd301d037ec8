/* Folds of the search page: what somebody opened or closed stays so, over an update of the page and over leaving it and
   coming back; a menu closes when one goes elsewhere; on a small screen the filters are a sheet over the page, which
   keeps the keyboard inside. All of it is about <details>, which open and close without this. */
(() => {
  const KEY = 'folds'
  const ESCAPE = 'Escape'
  const sheet = document.getElementById('filters')
  const isSmall = window.matchMedia('(max-width: 55.99rem)')

  // A browser may refuse to keep anything; then a fold stays as it is until the page is left.
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) ?? {} } catch { return {} } }
  const keep = () => { try { sessionStorage.setItem(KEY, JSON.stringify(left)) } catch { /* See above. */ } }
  const left = read()

  const restore = () => {
    for (const fold of document.querySelectorAll('details[data-fold]')) {
      if (fold.dataset.fold in left) fold.open = left[fold.dataset.fold]
    }
  }

  // Everything but the sheet cannot be reached while it covers the page, as behind a dialog.
  const cover = () => {
    const isOpen = Boolean(sheet?.open && isSmall.matches)
    const behind = '.skip-links, .site-header, .site-footer, main > :not(#zoeken), #zoeken > :not(.filters, [role=status])'
    for (const part of document.querySelectorAll(behind)) part.inert = isOpen
    return isOpen
  }

  const closeSheet = (focused) => {
    sheet.open = false
    cover()
    focused?.focus()
  }

  const openMenus = () => [...document.querySelectorAll('.menu details[open]')]

  document.addEventListener('click', (event) => {
    const fold = event.target.closest('summary')?.parentElement
    if (fold?.dataset.fold) {
      left[fold.dataset.fold] = !fold.open // As it will be: the click itself opens or closes it afterwards.
      keep()
    }
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
    // The results behind the sheet are those of the choices in it already.
    if (event.target.closest('.filter-actions button') && cover()) {
      event.preventDefault()
      closeSheet(document.getElementById('resultaten-kop'))
    }
  })

  document.addEventListener('focusin', (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
  })

  document.addEventListener('keydown', (event) => {
    if (event.key !== ESCAPE) return
    for (const menu of openMenus()) {
      menu.open = false
      menu.querySelector('summary').focus()
    }
    if (cover()) closeSheet(sheet.querySelector('summary'))
  })

  sheet?.addEventListener('toggle', cover)
  isSmall.addEventListener('change', cover)
  document.addEventListener('results:updated', () => {
    restore()
    cover()
  })
  restore()
  cover()
})()
