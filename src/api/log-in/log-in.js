// What the page itself chose, else what the browser speaks.
const language = localStorage.getItem("ordna-language") ?? navigator.language.slice(0, 2);
if (language === "fi") {
  document.documentElement.lang = "fi";
  for (const element of document.querySelectorAll("[data-fi]")) {
    element.firstChild.textContent = element.dataset.fi;
  }
}
const invitation = /^#invitation=([\w-]+)$/.exec(location.hash)?.[1];
const isPassword = location.hash === "#password";
const answer = document.getElementById("answer");
const form = (id) => document.getElementById(id);

form("log-in").hidden = Boolean(invitation) || isPassword;
form("accept").hidden = !invitation;
form("password").hidden = !isPassword;

send("log-in", "/api/session", ({ email, password, code }) => ({
  email,
  password,
  ...(code ? { code } : {}),
}));
send("accept", "/api/session/accept", (fields) => ({ ...fields, token: invitation }));
send("password", "/api/account/password", ({ email, password, present }) => ({
  email,
  password,
  ...(present ? { present } : {}),
}));

// A link in a mail comes without the cookie, which other sites must not send: from here it is sent.
if (!invitation && !isPassword) {
  fetch("/log-in/state").then(async (response) => {
    const { isIn, hasCompanyAccount } = await response.json();
    form("sso").hidden = !hasCompanyAccount;
    if (!isIn) return;
    if (location.pathname.startsWith("/log-in")) location.replace("/");
    else location.reload();
  });
}

function send(id, path, bodyOf) {
  form(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.textContent = "";
    const body = JSON.stringify(bodyOf(Object.fromEntries(new FormData(event.target))));
    const headers = { "content-type": "application/json" };
    const response = await fetch(path, { method: "POST", headers, body });
    if (response.ok) location.replace("/");
    else
      answer.textContent = (await response.json().catch(() => ({}))).detail ?? "That did not work.";
  });
}
