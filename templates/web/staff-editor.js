/* The preview and the checks follow what is written; a save is never forgotten. */
"use strict";
(function () {
	const form = document.getElementById("editor");
	const text = document.getElementById("text");
	const findings = document.getElementById("findings");
	const frame = document.getElementById("preview");
	const button = document.getElementById("preview-button");
	const widths = document.getElementById("widths");
	let saved = text.value;
	let timer = 0;
	let asked = 0;

	function preview() {
		form.requestSubmit(button);
	}
	async function check() {
		const body = new URLSearchParams({ csrf: form.elements.csrf.value, text: text.value });
		const mine = ++asked;
		const answer = await fetch(findings.dataset.check, { method: "POST", body: body });

		if (!answer.ok || mine !== asked)
			return;
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		findings.replaceChildren(...page.body.childNodes);
	}
	function later() {
		clearTimeout(timer);
		timer = setTimeout(function () {
			preview();
			check().catch(function () {});
		}, 600);
	}
	text.addEventListener("input", later);
	form.elements.as.addEventListener("change", preview);
	form.elements.topics.addEventListener("change", preview);
	form.addEventListener("submit", function (event) {
		if (event.submitter !== button)
			saved = text.value;
	});
	window.addEventListener("beforeunload", function (event) {
		if (text.value !== saved)
			event.preventDefault();
	});
	/* A finding's line: put the cursor there. */
	findings.addEventListener("click", function (event) {
		const line = event.target.dataset && event.target.dataset.line;

		if (!line)
			return;
		event.preventDefault();
		const lines = text.value.split("\n");
		const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);

		text.focus();
		text.setSelectionRange(from, from + (lines[line - 1] || "").length);
		text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
	});
	widths.hidden = false;
	button.classList.add("visually-hidden"); /* it follows by itself now */
	button.tabIndex = -1;
	widths.addEventListener("click", function (event) {
		const width = event.target.dataset.width;

		if (!width)
			return;
		frame.classList.toggle("phone", width === "phone");
		for (const one of widths.children)
			one.setAttribute("aria-pressed", String(one === event.target));
	});
	document.addEventListener("keydown", function (event) {
		if ((event.ctrlKey || event.metaKey) && event.key === "s") {
			event.preventDefault();
			form.requestSubmit();
		}
	});
})();
