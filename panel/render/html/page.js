"use strict";
// Comfort only: a way back to the statement one came from. Everything works without it, by anchors.
(() => {
  let origin = null;
  const back = document.createElement("button");
  back.type = "button";
  back.className = "return";
  back.textContent = "← Back to the statement";
  back.hidden = true;
  document.body.append(back);
  const leave = () => {
    back.hidden = true;
    if (origin) {
      origin.scrollIntoView({block: "center"});
      origin.focus({preventScroll: true});
      origin = null;
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    if (link.classList.contains("src")) {
      origin = link;
      back.hidden = false;
    } else if (link.classList.contains("back")) {
      back.hidden = true;
    }
  });
  back.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !back.hidden) leave();
  });
})();
