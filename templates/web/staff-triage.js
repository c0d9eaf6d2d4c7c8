/* The queue and the response: the next one at once, with the list in its place. */
"use strict";
(function () {
	const place = document.getElementById("response");
	const rows = document.getElementById("rows");

	/* The queue: select a page, say how many, walk the rows by keys. */
	function queue() {
		const all = document.getElementById("select-page");
		const boxes = Array.from(document.querySelectorAll("#rows input[type=checkbox]"));
		const found = document.querySelector(".found");
		const said = found ? found.textContent : "";

		function count() {
			const n = boxes.filter(function (b) { return b.checked; }).length;

			all.checked = n > 0 && n === boxes.length;
			found.textContent = n ? n + " of " + said + " selected" : said;
		}
		if (all && boxes.length) {
			all.hidden = false;
			document.querySelector("label[for=select-page]").hidden = false;
			all.addEventListener("change", function () {
				boxes.forEach(function (b) { b.checked = all.checked; });
				count();
			});
			boxes.forEach(function (b) { b.addEventListener("change", count); });
			count(); /* a browser may come back with some ticked */
		}
		document.addEventListener("keydown", function (event) {
			const links = Array.from(document.querySelectorAll("#rows .row-link"));
			const item = document.activeElement && document.activeElement.closest("#rows > li");
			const at = item ? links.indexOf(item.querySelector(".row-link")) : -1;
			const box = item && item.querySelector("input[type=checkbox]");

			if (event.ctrlKey || event.metaKey || event.altKey || off() ||
				(/^(TEXTAREA|SELECT|INPUT)$/.test(event.target.tagName) && event.target !== box))
				return;
			if (event.key === "j" && links[at + 1])
				links[at + 1].focus();
			else if (event.key === "k" && links[at - 1])
				links[at - 1].focus();
			else if (event.key === "s" && box)
				box.click();
		});
	}
	function off() {
		try {
			return window.localStorage.getItem("mercat-keys") === "off";
		} catch (e) {
			return false;
		}
	}

	if (!place) {
		if (rows)
			queue();
		return;
	}

	/* One response. */
	const ready = new Map(); /* address -> {at, text}: a promise of it, fetched beforehand */
	const FRESH = 15000; /* ms: colleagues work on it, too */
	const told = document.getElementById("told");
	let turn = 0, sending = false;
	let shown = here(); /* the address of the response, without a place in it */

	/* Only the list moves, never the page. */
	function reveal(item) {
		const list = rows.closest(".three-list");
		const at = item.getBoundingClientRect(), seen = list.getBoundingClientRect();
		const room = 48; /* what stands above the rows */

		if (at.top < seen.top + room)
			list.scrollTop -= seen.top + room - at.top;
		else if (at.bottom > Math.min(seen.bottom, window.innerHeight))
			list.scrollTop += at.bottom - Math.min(seen.bottom, window.innerHeight);
	}
	function article() {
		return place.querySelector("article");
	}
	function withPart(url) {
		return url + (url.indexOf("?") < 0 ? "?" : "&") + "part=response";
	}
	function here() {
		return window.location.pathname + window.location.search;
	}
	/* Beside the page: a sentence that waits to be shown is left to the page itself. */
	function aside(url) {
		return fetch(url, { credentials: "same-origin", headers: { Purpose: "prefetch" } });
	}
	function fetchPart(url) {
		return aside(withPart(url)).then(function (answer) {
			if (!answer.ok || answer.redirected)
				throw new Error("no part of a page");
			return answer.text();
		});
	}
	function fetchAhead() {
		const next = place.querySelector("a[rel=next]");
		const url = next && next.getAttribute("href");

		if (url && !ready.has(url)) {
			ready.clear();
			ready.set(url, { at: Date.now(), text: fetchPart(url).catch(function () {
				ready.delete(url);
				return null;
			}) });
		}
	}

	function markList(url) {
		const number = article().getAttribute("data-number");
		const fresh = place.querySelector("template[data-row]");
		const item = rows.querySelector('li[data-number="' + number + '"]');

		rows.querySelectorAll("[aria-current]").forEach(function (a) {
			a.removeAttribute("aria-current");
		});
		if (!item) {
			renewList(url);
			return;
		}
		if (fresh)
			item.replaceChildren(fresh.content.cloneNode(true));
		item.querySelector(".row-link").setAttribute("aria-current", "true");
		reveal(item);
	}
	/* The row of one that is left, as it stands now. */
	function renewRow(url) {
		fetchPart(url).then(function (text) {
			const page = new DOMParser().parseFromString(text, "text/html");
			const fresh = page.querySelector("template[data-row]");
			const item = fresh && rows.querySelector(
				'li[data-number="' + fresh.getAttribute("data-row") + '"]');

			if (item) {
				item.replaceChildren(fresh.content.cloneNode(true));
				item.querySelector(".row-link").removeAttribute("aria-current");
			}
		}).catch(function () { /* it says what it said */ });
	}
	/* Past the end of what is on the screen: the piece of the list around this one. */
	function renewList(url) {
		aside(url).then(function (answer) {
			return answer.ok ? answer.text() : "";
		}).then(function (text) {
			const page = new DOMParser().parseFromString(text, "text/html");
			const list = page.getElementById("rows");
			const current = list && list.querySelector("[aria-current]");

			if (!current || url !== here())
				return;
			rows.replaceChildren.apply(rows, Array.from(list.children));
			reveal(current.closest("li"));
		}).catch(function () { /* the old list stays */ });
	}

	function show(text, url) {
		shown = here();
		place.innerHTML = text;
		markHits();
		document.title = article().getAttribute("data-title");
		told.textContent = "";
		markList(url);
		const said = place.querySelector(".said p");
		told.textContent = said ? said.textContent : "";
		window.setTimeout(fetchAhead, 150);
	}
	function leave() {
		const a = article();

		if (a && a.getAttribute("data-mine") === "yes")
			send(a.getAttribute("data-lock").replace(/lock$/, "unlock"), a, {});
	}
	function go(url, remember) {
		const mine = ++turn;
		const ahead = ready.get(url);
		const part = ahead && Date.now() - ahead.at < FRESH ? ahead.text : Promise.resolve(null);

		leave();
		ready.delete(url);
		part.then(function (text) {
			return text || fetchPart(url);
		}).then(function (text) {
			if (mine !== turn)
				return;
			if (remember)
				window.history.pushState(null, "", url);
			show(text, url);
			document.getElementById("subject").focus({ preventScroll: true });
			window.scrollTo(0, Math.min(window.scrollY, place.offsetTop));
		}).catch(function () {
			window.location = url; /* the page itself says what is wrong */
		});
	}

	/* A sentence of refusal, above the response that it is about. */
	function problem(sentence) {
		const box = document.createElement("div");
		const text = document.createElement("p");
		const old = place.querySelector(".problem");

		if (old)
			old.remove();
		box.className = "problem";
		box.setAttribute("role", "alert");
		box.tabIndex = -1;
		text.textContent = sentence;
		box.append(text);
		article().prepend(box);
		box.focus();
	}
	/* What was shown may be what is wrong: it is shown anew, unless words would be lost. */
	function refused(form, status, sentence) {
		const typed = Array.from(form.elements).some(function (e) {
			return /^(text|textarea)$/.test(e.type) && e.value !== e.defaultValue;
		});
		const url = here();

		if (typed || (status !== 404 && status !== 409)) {
			problem(sentence);
			return;
		}
		fetchPart(url).then(function (text) {
			if (url === here())
				show(text, url);
		}).catch(function () { /* as it is */ }).then(function () {
			problem(sentence);
		});
	}
	function send(url, a, more) {
		const fields = new URLSearchParams(more);

		fields.set("csrf", a.getAttribute("data-csrf"));
		fields.set("part", "lock");
		return fetch(url, { method: "POST", body: fields, credentials: "same-origin", keepalive: true });
	}
	/* After an act the keys are the response's again, never those of a field that was filled
	 * in: "u" is Undo then, and no letter. A question about what was typed comes first. */
	function focusAfter(from) {
		const asked = place.querySelector("[role=alert] button");
		const old = document.getElementById(from);
		const field = old && /^(text|textarea|select-one)$/.test(old.type);

		(asked || (old && !field ? old : document.getElementById("subject")))
			.focus({ preventScroll: true });
	}
	/* What is decided leads on to the next one. */
	function submit(form, button) {
		const fields = new URLSearchParams(new FormData(form, button));
		const from = document.activeElement && document.activeElement.id;
		const onward = form.getAttribute("data-onward");
		const before = here(), url = onward || before;

		fields.set("back", withPart(url));
		sending = true;
		fetch(form.getAttribute("action"), {
			method: "POST", body: fields, credentials: "same-origin",
		}).then(function (answer) {
			return answer.text().then(function (text) {
				const page = new DOMParser().parseFromString(text, "text/html");

				if (!answer.ok || !page.querySelector("article.response")) {
					const why = page.querySelector("main p");
					refused(form, answer.status,
						why ? why.textContent : "That did not work. Load the page again.");
					return;
				}
				ready.clear();
				if (url !== before) {
					leave();
					window.history.pushState(null, "", url);
				}
				show(text, url);
				focusAfter(url === before ? from : "");
				if (url !== before) {
					window.scrollTo(0, Math.min(window.scrollY, place.offsetTop));
					renewRow(before);
				}
			});
		}).catch(function () {
			problem("The server could not be reached, so nothing was changed. Try again.");
		}).finally(function () {
			sending = false;
		});
	}

	document.addEventListener("click", function (event) {
		const link = event.target.closest("#response a[rel], .three-list .row-link");

		if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey)
			return;
		event.preventDefault();
		go(link.getAttribute("href"), true);
	});
	document.addEventListener("submit", function (event) {
		if (event.defaultPrevented || !place.contains(event.target) || event.target.method !== "post")
			return;
		if (event.target.hasAttribute("data-whole")) /* the list is another one then */
			return;
		event.preventDefault();
		if (!sending)
			submit(event.target, event.submitter);
	});
	window.addEventListener("popstate", function () {
		if (here() !== shown) /* else only to another place in it */
			go(here(), false);
	});

	/* From one hit of the search to the next, wherever it stands, also in what is folded. */
	function markHits() {
		const back = place.querySelector("[data-hit='-1']");

		if (back)
			back.hidden = false;
	}
	function goToHit(step) {
		const hits = Array.from(place.querySelectorAll("mark.hit[id]"));
		const now = place.querySelector("mark.now");
		const at = now ? hits.indexOf(now) + step : step > 0 ? 0 : -1;
		const to = (at + hits.length) % hits.length, hit = hits[to];

		if (now)
			now.classList.remove("now");
		for (let e = hit.closest("details"); e; e = e.parentElement.closest("details"))
			e.open = true;
		hit.classList.add("now");
		hit.tabIndex = -1;
		hit.focus({ preventScroll: true });
		hit.scrollIntoView({ block: "center" });
		told.textContent = "Hit " + (to + 1) + " of " + hits.length;
	}
	document.addEventListener("click", function (event) {
		const link = event.target.closest("#response [data-hit]");

		if (!link)
			return;
		event.preventDefault();
		goToHit(Number(link.getAttribute("data-hit")));
	});

	/* Who has it: asked while the page is looked at; one's own lock is kept up. */
	function lookAtClaim() {
		const a = article(), area = place.querySelector("[data-locked]");

		if (document.hidden || sending || !a)
			return;
		(a.getAttribute("data-mine") === "yes" ? send(a.getAttribute("data-lock"), a, {})
			: aside(a.getAttribute("data-lock"))
		).then(function (answer) {
			return answer.ok ? answer.json() : null;
		}).then(function (lock) {
			const now = lock && (lock.mine ? "mine" : lock.by);

			if (lock && a === article() && now !== area.getAttribute("data-by"))
				renewLock(a, area, lock);
		}).catch(function () { /* asked again soon */ });
	}
	function renewLock(a, area, lock) {
		fetchPart(here()).then(function (text) {
			const page = new DOMParser().parseFromString(text, "text/html");
			const fresh = page.querySelector("[data-locked]");

			if (!fresh || a !== article())
				return;
			area.replaceWith(fresh);
			if (lock.mine)
				a.setAttribute("data-mine", "yes");
			else
				a.removeAttribute("data-mine");
			told.textContent = lock.mine || !lock.by ? "" : lock.by + " has this response open.";
		}).catch(function () { /* asked again soon */ });
	}
	window.setInterval(lookAtClaim, 10000);
	document.addEventListener("visibilitychange", lookAtClaim);

	/* The list beside it can be put away, for as long as one likes. */
	function showList(on) {
		shownButton.setAttribute("aria-expanded", String(on));
		shownButton.textContent = on ? "Hide the list" : "Show the list";
	}
	function keptList(on) {
		try {
			if (on === undefined)
				return window.localStorage.getItem("mercat-list") !== "off";
			window.localStorage.setItem("mercat-list", on ? "on" : "off");
		} catch (e) { /* a browser that keeps nothing */ }
		return true;
	}
	const shownButton = document.querySelector("[data-list-shown]");
	shownButton.hidden = false;
	shownButton.setAttribute("data-key", "l");
	showList(keptList());
	shownButton.addEventListener("click", function () {
		const on = shownButton.getAttribute("aria-expanded") !== "true";

		keptList(on);
		showList(on);
	});

	markHits();
	rows.querySelectorAll("[aria-current]").forEach(function (a) {
		reveal(a.closest("li"));
	});
	window.setTimeout(fetchAhead, 300);
})();
