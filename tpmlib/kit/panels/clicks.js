// A click, with the clicks before it: while a message is on its way, later states replace one
// another, so the last one tells of all.
function clicked({ before = [], ...last }, id) {
  return { id, n: (last.n || 0) + 1, before: (last.id ? [...before, last] : before).slice(-20) };
}
