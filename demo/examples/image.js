const picture = document.querySelector('#picture');
const news = document.querySelector('#image-news');

async function load() {
  const { url, expiresAt } = await (await fetch('/api/images/sample?lifetime=20')).json();
  Object.assign(picture, { src: url, expiresAt });
}

for (const type of ['ai-image-load', 'ai-image-expire', 'ai-image-refresh', 'ai-image-error']) {
  picture.addEventListener(type, () => {
    const time = new Date().toLocaleTimeString();
    news.prepend(Object.assign(document.createElement('li'), { textContent: `${time}  ${type}` }));
  });
}

document.querySelector('#reload').addEventListener('click', () => picture.reload());
document.querySelector('#forge').addEventListener('click', () => {
  picture.src = picture.src.replace(/signature=./, 'signature=x');
});

await load();
