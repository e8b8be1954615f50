// Sending a file: it can be dropped, its way is shown, and a cut connection says what to do.
// Without this script the form sends the file all the same.

const form = document.querySelector("form[data-send]");
const field = form.querySelector("input[type=file]");
const bar = form.querySelector("[data-progress]");
const trouble = form.querySelector("[data-trouble]");

form.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("is-over");
});

form.addEventListener("dragleave", () => form.classList.remove("is-over"));

form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("is-over");
  if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", showShare);
  request.addEventListener("load", () => {
    if (request.status < 500) return location.assign(request.responseURL);
    fail();
  });
  request.addEventListener("error", fail);
  request.addEventListener("timeout", fail);
  begin();
  request.open("POST", form.action);
  request.send(new FormData(form));
});

function begin() {
  trouble.hidden = true;
  bar.hidden = false;
  form.querySelector("button").disabled = true;
}

function showShare(event) {
  if (!event.lengthComputable) return;
  const share = Math.round((100 * event.loaded) / event.total);
  bar.querySelector("progress").value = share;
  bar.querySelector("[data-share]").textContent = `${share} %`;
}

function fail() {
  bar.hidden = true;
  form.querySelector("button").disabled = false;
  trouble.textContent = form.dataset.failed;
  trouble.hidden = false;
}
