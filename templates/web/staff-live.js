/* How far a bulletin is, asked again every two seconds while somebody looks. */
"use strict";
(function () {
	const part = document.getElementById("progress");

	async function look() {
		if (document.hidden)
			return;
		const answer = await fetch(part.dataset.live, { headers: { Accept: "text/html" } });

		if (!answer.ok || answer.redirected)
			return;
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const state = page.querySelector("[data-state]");

		part.replaceChildren(...page.body.childNodes);
		if (state && state.dataset.state !== "sending")
			window.location.reload();
	}
	if (part)
		setInterval(function () { look().catch(function () {}); }, 2000);
})();
