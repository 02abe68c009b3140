/// The page at `/`: what this node serves, the operations that can be asked for, and the newest jobs as they run.
/// One document without anything from outside; it asks the same interface as every other client.
enum HomePage {
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'"

    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Rejoinder</title>
        <style>
        :root { color-scheme: light dark; --line: #8884; --dim: #777; --run: #2563eb; --ok: #15803d; --bad: #b91c1c; --wait: #a16207 }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 68rem }
        h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1rem; margin: 2rem 0 .5rem }
        p { margin: .3rem 0; color: var(--dim) } code { font: 13px ui-monospace, monospace }
        table { border-collapse: collapse; width: 100% }
        th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
        th { font-weight: 600; font-size: .85rem; color: var(--dim) }
        td.id { font: 12px ui-monospace, monospace; white-space: nowrap }
        progress { width: 9rem; height: .6rem; vertical-align: middle } small { color: var(--dim) }
        .RUNNING, .ACCEPTED, .RETRYING { color: var(--run) } .COMPLETED { color: var(--ok) } .FAILED, .EXPIRED { color: var(--bad) }
        .WAITING, .CANCELLED { color: var(--wait) } .scroll { overflow-x: auto }
        </style>
        </head>
        <body>
        <h1>Rejoinder</h1>
        <p>Asynchronous request–response over Kafka. This node serves:</p>
        <p><code>POST /requests/{operation}</code> · <code>GET /status/{id}</code> · <code>/status/{id}/events</code> · <code>/status/{id}/parts</code> ·
        <code>/status/{id}/history</code> · <code>/files/{id}/{name}</code> · <a href="/jobs"><code>/jobs</code></a> ·
        <a href="/operations"><code>/operations</code></a> · <a href="/livez"><code>/livez</code></a> · <a href="/readyz"><code>/readyz</code></a> ·
        <a href="/metrics"><code>/metrics</code></a></p>
        <h2>Operations</h2>
        <div class="scroll"><table><thead><tr><th>name</th><th>what it does</th><th>try</th></tr></thead><tbody id="operations"></tbody></table></div>
        <h2>Jobs <small id="note"></small></h2>
        <div class="scroll"><table><thead><tr><th>requestId</th><th>operation</th><th>status</th><th>progress</th><th>updated</th></tr></thead>
        <tbody id="jobs"></tbody></table></div>
        <script>
        const $ = id => document.getElementById(id), rows = new Map(), feeds = new Map(), feedsMax = 4;
        const el = (name, text, cls) => { const e = document.createElement(name); if (text != null) e.textContent = text; if (cls) e.className = cls; return e; };
        const final = s => ["COMPLETED", "FAILED", "CANCELLED", "EXPIRED"].includes(s);
        function show(job, first) {
          let row = rows.get(job.requestId);
          if (row && row.version > job.version) return;
          if (!row) { row = { tr: el("tr") }; rows.set(job.requestId, row); }
          row.version = job.version;
          const id = el("td", null, "id"), a = el("a", job.requestId); a.href = "/status/" + job.requestId; id.append(a);
          const progress = el("td"), p = job.progress;
          if (p && p.fraction != null && !final(job.status)) { const bar = el("progress"); bar.value = p.fraction; progress.append(bar, " "); }
          const count = p && p.completed != null ? `${p.completed}${p.total != null ? " of " + p.total : ""} ${p.unit || ""}` : "";
          progress.append(el("small", job.error ? `${job.error.code}: ${job.error.message}` : [p && p.message, count].filter(Boolean).join(" · ")));
          row.tr.replaceChildren(id, el("td", job.operation), el("td", job.status + (job.attempt > 1 ? ` (attempt ${job.attempt})` : ""), job.status), progress,
            el("td", new Date(job.updatedAt).toLocaleTimeString()));
          if (first) $("jobs").append(row.tr);
          follow(job);
        }
        function follow(job) {
          if (final(job.status)) { const f = feeds.get(job.requestId); if (f) { f.close(); feeds.delete(job.requestId); } return; }
          if (feeds.has(job.requestId) || feeds.size >= feedsMax) return;
          const feed = new EventSource(`/status/${job.requestId}/events`);
          feed.onmessage = e => show(JSON.parse(e.data), false);
          feeds.set(job.requestId, feed);
        }
        async function refresh() {
          try {
            const page = await (await fetch("/jobs?limit=50")).json();
            if (!page.jobs) throw new Error(page.detail);
            rows.clear(); $("jobs").replaceChildren();
            for (const job of page.jobs) show(job, true);
            $("note").textContent = page.jobs.length ? "newest first" : "none yet";
          } catch (e) { $("note").textContent = "not available: " + e.message; }
          setTimeout(refresh, document.hidden ? 15000 : 2000);
        }
        (async () => {
          const { operations } = await (await fetch("/operations")).json();
          for (const o of operations) {
            const row = el("tr"), name = el("td"), a = el("a", o.name), body = JSON.stringify(o.example), t = el("td");
            a.href = "/operations/" + o.name; name.append(a);
            t.append(el("code", `curl -s --json '${body}' ${location.origin}/requests/${o.name}`));
            row.append(name, el("td", o.doc || ""), t); $("operations").append(row);
          }
        })();
        refresh();
        </script>
        </body>
        </html>
        """
}
