// CE and FL at five γ by side and by p_t >= 1/2: POLARS_MAX_THREADS=N node polars_fl.mjs FILE (npm install nodejs-polars)
import pl from 'nodejs-polars';

const one = pl.lit(1);
const pt = pl.when(pl.col('label').eq(one)).then(pl.col('score')).otherwise(one.minus(pl.col('score')));
const sums = [0, 0.5, 1, 2, 5].map((g) => pl.col('rest').pow(g).mul(pl.col('ce')).sum().alias(`g${g}`));
const frame = pl.scanCSV(process.argv[2])
  .withColumns(pt.alias('pt'))
  .withColumns(one.minus(pl.col('pt')).alias('rest'), pl.col('pt').log(Math.E).mul(pl.lit(-1)).alias('ce'), pl.col('pt').gtEq(pl.lit(0.5)).alias('easy'))
  .groupBy(['label', 'easy'])
  .agg(pl.col('ce').count().alias('n'), ...sums);
console.log(frame.collectSync({ engine: 'streaming' }).toString());
