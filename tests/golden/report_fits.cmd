# at 80 columns no share of the loss goes before the mean and α do, whatever is asked; a name is shortened before a share goes
cat >fits.csv <<'END'
score,label,shard
.9,1,a-rather-long-name/of-a-shard-000001.csv
.2,0,a-rather-long-name/of-a-shard-000001.csv
.7,0,a-rather-long-name/of-a-shard-000002.csv
.6,1,a-rather-long-name/of-a-shard-000002.csv
.3,0,日本語の名前がとても長いのでここでは短くなります
END
for options in "-b shard" "-a balance" "-e 0.5,0.6" "-b shard -e 0.5,0.6 -a 0.25,balance"; do
    losscope fits.csv -l ce,balanced-focal -g 2 $options | sed -n '4,$p' >out
    [ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 80 ] || echo "too wide"
    cat out
done
# nothing is left out where there is room, and tables that are no reports keep all they have
COLUMNS=200 losscope fits.csv -l ce,focal -g 2 | sed -n '4p'
COLUMNS=30 losscope losses | grep -c 'eq\.'
