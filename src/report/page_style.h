/* page_style.h: the style sheet and the script of the html page */
#ifndef REPORT_PAGE_STYLE_H
#define REPORT_PAGE_STYLE_H

/* clang-format off */
static const char page_style[] =
    ":root{color-scheme:light dark;--ink:#1b1f24;--ground:#fff;--soft:#57606a;--line:#d0d7de;--link:#0059a3}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--ground:#14181d;--soft:#a9b4bf;--line:#3b444d;--link:#7cc0ff}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}\n"
    "header,main,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}\n"
    "h1{font-size:1.7rem;line-height:1.25;margin:2rem 0 .25rem;overflow-wrap:anywhere}\n"
    "h2{font-size:1.25rem;margin:2.25rem 0 .75rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}\n"
    "sub{line-height:0}p{max-width:46rem}.finding{font-size:1.2rem;margin:.75rem 0}.soft{color:var(--soft)}\n"
    "nav a{color:var(--link);margin-right:1rem}code{overflow-wrap:anywhere}.option{white-space:nowrap}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.25rem;margin:0}\n"
    "dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n"
    /* tables: the first column stays in sight */
    ".scroll{overflow-x:auto}\n"
    "table{border-collapse:separate;border-spacing:0;font-size:.85rem;font-variant-numeric:tabular-nums}\n"
    "caption{text-align:left;color:var(--soft);padding:.25rem 0}\n"
    "th,td{padding:.25rem .4rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}\n"
    "th.text,td.text,tr>th:first-child{text-align:left}\n"
    "tr>th:first-child{position:sticky;left:0;background:var(--ground);padding-left:0}\n"
    "tbody th{font-weight:normal}tbody th[scope=rowgroup]{font-weight:600;padding-top:.9rem}\n"
    "th [role=button]{cursor:pointer}input{font:inherit;max-width:100%;padding:.2rem .4rem}\n"
    ":focus-visible{outline:2px solid var(--link);outline-offset:2px}\n"
    "th[aria-sort=ascending] span::after{content:' \\2191'}th[aria-sort=descending] span::after{content:' \\2193'}\n"
    "summary{cursor:pointer;margin:1rem 0 .5rem}\n"
    /* figures: gnuplot draws them on white */
    ".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(28rem,100%),1fr));gap:1.5rem;align-items:start}\n"
    ".wide{grid-column:1/-1}.stacked{display:none}\n"
    "figure{margin:0;background:#fff;color:#1b1f24;border:1px solid var(--line);border-radius:.4rem;padding:.75rem;break-inside:avoid}\n"
    "figure svg{width:100%;height:auto;vertical-align:top}figcaption{font-size:.9rem;margin-top:.5rem}\n"
    "footer{margin:3rem auto 2rem;color:var(--soft);font-size:.85rem}\n"
    "@media screen and (max-width:40rem){header,main,footer{padding:0 .75rem}figure{padding:.4rem}\n"
    ".side-by-side{display:none}.stacked{display:block}\n"
    "tbody th{white-space:normal;min-width:7rem;max-width:9rem;overflow-wrap:anywhere}}\n"
    "@media print{:root{--ink:#000;--ground:#fff;--soft:#444;--line:#bbb}@page{margin:15mm 12mm}\n"
    "body{font-size:10pt}nav,summary,details:not([open]),input,label{display:none}\n"
    "header,main,footer{padding:0;max-width:none}.figures{grid-template-columns:1fr 1fr;gap:1rem}\n"
    ".scroll{overflow:visible}table{font-size:7pt}th,td{padding:.15rem .25rem}tbody th{white-space:normal}\n"
    "thead{display:table-header-group}thead,tr,dt,dd{break-inside:avoid}tr>th:first-child{position:static}h2,caption,[scope=rowgroup]{break-after:avoid}\n"
    ".wide-table{display:none}}\n";

/* Not <button>: Chromium paints buttons on the first page of a table only, so that repeated headings stay empty.
   Headings that sort the rows of each part of a table, and fields that leave the rows holding all their words. */
static const char page_script[] =
    "document.querySelectorAll('table').forEach(t=>t.querySelectorAll('thead th').forEach((h,i)=>{\n"
    "const b=document.createElement('span');b.setAttribute('role','button');b.tabIndex=0;b.append(...h.childNodes);h.append(b);\n"
    "const v=r=>{const s=r.cells[i].dataset.v;return s===undefined?r.cells[i].textContent:s===''?-Infinity:Number(s)};\n"
    "b.addEventListener('keydown',e=>{if(e.key==='Enter'||e.key===' '){e.preventDefault();b.click()}});\n"
    "b.addEventListener('click',()=>{const down=h.getAttribute('aria-sort')==='ascending';\n"
    "t.querySelectorAll('thead th').forEach(o=>o.removeAttribute('aria-sort'));\n"
    "h.setAttribute('aria-sort',down?'descending':'ascending');\n"
    "for(const body of t.tBodies)[...body.rows].filter(r=>r.cells.length>1).sort((a,c)=>{const x=v(a),y=v(c);\n"
    "return(typeof x==='string'?x.localeCompare(y,undefined,{numeric:true}):x<y?-1:x>y?1:0)*(down?-1:1)}).forEach(r=>body.append(r))})}));\n"
    "document.querySelectorAll('input').forEach(f=>{f.closest('p').hidden=false;f.addEventListener('input',()=>{\n"
    "const words=f.value.toLowerCase().split(/\\s+/);\n"
    "for(const body of f.closest('section').querySelectorAll('tbody')){const head=body.rows[0].textContent;let any=false;\n"
    "for(const r of body.rows)if(r.cells.length>1){const text=(head+' '+r.cells[0].textContent).toLowerCase();\n"
    "const on=words.every(w=>text.includes(w));r.hidden=!on;any=any||on}\n"
    "body.rows[0].hidden=!any}})});\n";
/* clang-format on */

#endif
