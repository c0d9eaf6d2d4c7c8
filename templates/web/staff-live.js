/* How far a bulletin is, asked again every two seconds while somebody looks; and before it goes
   out, how long it can still be stopped. */
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
	const grace = document.getElementById("grace");

	function count_down(until) {
		const left = Math.ceil((until - Date.now()) / 1000);

		document.getElementById("grace-left").textContent = left > 0 ?
			left + (left === 1 ? " second" : " seconds") + " left." : "It is going out.";
		return left > 0;
	}

	async function await_start() {
		const answer = await fetch(grace.dataset.live, { headers: { Accept: "text/html" } });
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const state = page.querySelector("[data-state]");

		if (!state || state.dataset.state !== "scheduled")
			window.location.reload();
	}

	if (grace) {
		const until = Date.now() + grace.dataset.left * 1000;

		count_down(until);
		setInterval(function () {
			if (!count_down(until))
				await_start().catch(function () {});
		}, 1000);
	}
	if (part)
		setInterval(function () { look().catch(function () {}); }, 2000);
})();
