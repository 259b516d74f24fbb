// CE and FL at five γ by side and by p_t >= 1/2: node duckdb_fl.mjs FILE THREADS (npm install @duckdb/node-api)
import { DuckDBInstance } from '@duckdb/node-api';

const [file, threads] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const score = file.includes('logit') ? '1 / (1 + exp(-logit))' : 'score';
const sums = [0, 0.5, 1, 2, 5].map((g) => `sum(pow(1 - pt, ${g}) * -ln(pt))`).join(', ');
const result = await connection.runAndReadAll(`
  WITH r AS (SELECT label, CASE WHEN label = 1 THEN ${score} ELSE 1 - ${score} END AS pt FROM read_csv('${file}'))
  SELECT label, pt >= 0.5 AS easy, count(*), ${sums} FROM r GROUP BY ALL`);
console.log(result.getRows().map((row) => row.join(' ')).join('\n'));
