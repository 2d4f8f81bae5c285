(() => {
  const { home, stamp } = document.body.dataset;
  const news = document.getElementById("news");
  const comment = document.getElementById("comment");
  let missed = 0;
  const say = (words, link) => {
    if (news.dataset.words === words) return;
    news.dataset.words = news.textContent = words;
    if (!link) return;
    const on = document.createElement("a");
    on.href = home;
    on.textContent = link;
    news.append(" ", on);
  };
  const look = async () => {
    try {
      const reply = await fetch(`${home}/now`, { cache: "no-store" });
      if (!reply.ok) throw new Error();
      missed = 0;
      if (String((await reply.json()).stamp) === stamp) say("");
      else if (comment && comment.value !== comment.defaultValue) {
        comment.form.querySelector("button")?.remove();
        say("The room has gone on. What you typed last was not sent, and can not be sent any more.", "Go on");
      } else return location.replace(home);
    } catch {
      missed += 1;
      if (missed > 1) say("This phone does not reach the room any more. The questions may be over.");
    }
    setTimeout(look, 3000);
  };
  setTimeout(look, 3000);
})();
