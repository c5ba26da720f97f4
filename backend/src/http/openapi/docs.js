for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const section = form.closest('section');
    let path = section.querySelector('h2 code').textContent;
    const query = new URLSearchParams();
    for (const input of form.querySelectorAll('input')) {
      if (!input.value) continue;
      if (input.dataset.in === 'path') path = path.replace(`{${input.name}}`, encodeURIComponent(input.value));
      else query.set(input.name, input.value);
    }
    const address = path + (query.size ? `?${query}` : '');
    const answer = section.querySelector('.answer');
    answer.hidden = false;
    answer.textContent = `GET ${address} …`;
    try {
      const response = await fetch(address);
      const text = await response.text();
      let body = text;
      try { body = JSON.stringify(JSON.parse(text), null, 2); } catch {}
      answer.textContent = `${response.status} GET ${address}\n\n${body.slice(0, 100000)}`;
    } catch (error) {
      answer.textContent = `GET ${address}\n\n${error}`;
    }
  });
}
