// CE and FL at five γ by side and by p_t >= 1/2: POLARS_MAX_THREADS=N node polars_fl.mjs FILE (npm install nodejs-polars)
import pl from 'nodejs-polars';

const pt = pl.when(pl.col('label').eq(1)).then(pl.col('score')).otherwise(pl.lit(1).minus(pl.col('score')));
const ce = pl.col('pt').log().multiplyBy(-1);
const sums = [0, 0.5, 1, 2, 5].map((g) => pl.lit(1).minus(pl.col('pt')).pow(g).multiplyBy(ce).sum().alias(`g${g}`));
const frame = pl.scanCSV(process.argv[2]).withColumns(pt.alias('pt')).withColumns(pl.col('pt').gtEq(0.5).alias('easy'))
  .groupBy('label', 'easy').agg(pl.count('pt').alias('n'), ...sums);
console.log((await frame.collect({ streaming: true })).toString());
