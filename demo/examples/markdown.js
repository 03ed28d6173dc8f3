const notes = document.querySelector('#notes');
const text = await (await fetch('/examples/notes.md')).text();

async function write() {
  notes.value = '';
  for (const piece of text.match(/[^]{1,4}/gu)) {
    notes.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 12));
  }
  notes.end();
}

document.querySelector('#write').addEventListener('click', write);
document.querySelector('#whole').addEventListener('click', () => (notes.value = text));

notes.value = text;
