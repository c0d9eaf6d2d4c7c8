/* Codes beside a response: each at the height of its words, and lit together with them. */
"use strict";
(function () {
	const place = document.getElementById("response");
	let asked = 0;

	if (!place)
		return;

	/* A code beside the text lights its words, and the other way. */
	function lit(event, on) {
		const at = event.target.closest && event.target.closest("[data-c]");
		const id = at && at.getAttribute("data-c");

		if (id)
			place.querySelectorAll('[data-c="' + id + '"]').forEach(function (e) {
				e.classList.toggle("lit", on);
			});
	}
	["mouseover", "focusin"].forEach(function (name) {
		document.addEventListener(name, function (event) { lit(event, true); });
	});
	["mouseout", "focusout"].forEach(function (name) {
		document.addEventListener(name, function (event) { lit(event, false); });
	});

	/* How far each chip must come down to stand beside its words; none overlap. */
	function room(piece) {
		const words = piece.querySelector(".coded-words"), list = piece.querySelector(".margin");
		const chips = list ? Array.from(list.children) : [];
		const top = chips.length ? list.getBoundingClientRect().top : 0;
		const beside = chips.length && words.getBoundingClientRect().right <=
			list.getBoundingClientRect().left;
		let used = 0;

		return chips.map(function (chip) {
			const mark = words.querySelector('[data-c="' + chip.getAttribute("data-c") + '"]');
			const at = mark ? mark.getClientRects()[0].top - top - 6 : 0;
			const down = beside ? Math.max(0, Math.round(at - used)) : 0;

			used += down + chip.offsetHeight + 6;
			return [chip, down];
		});
	}
	/* All are measured before any is moved: a page of a thousand codes is laid out once. */
	function lineUp() {
		asked = 0;
		Array.from(place.querySelectorAll(".coded-piece"))
			.flatMap(room).forEach(function (one) {
				one[0].style.marginTop = one[1] ? one[1] + "px" : "";
			});
	}
	function soon() {
		if (!asked)
			asked = window.requestAnimationFrame(lineUp);
	}
	window.addEventListener("resize", soon);
	window.addEventListener("load", soon);
	new MutationObserver(soon).observe(place, { childList: true, subtree: false });
	soon();
})();
