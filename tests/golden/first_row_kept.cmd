# without a header the text of a label does not make one of the first row, whatever the order of the rows
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf '0.93,p\n0.02,e\n0.7,p\n0.4,e\n' | read -p 1 -y 2 --positive p
printf '0.02,e\n0.93,p\n0.7,p\n0.4,e\n' | read -p 1 -y 2 --positive p
printf '0.93,y\n0.02,n\n0.7,y\n0.4,n\n' | read --positive y
printf '0.93,target\n0.02,clutter\n0.7,target\n0.4,clutter\n' | read --positive target
# the label first: its column holds labels alone, the other does not
printf '1,0.93\n0,0.02\n1,0.7\n0,0.4\n' | read
printf 'p,0.93\ne,0.02\np,0.7\ne,0.4\n' | read --positive p
# two columns of scores and no label
printf '0.0007\t0.9993\n0.995\t0.005\n' | read
# what is wrong in the first row is no header
printf '93%%,1\n12%%,0\n' | read
printf '0.9x,1\n0.2,0\n' | read
printf 'NA,1\n0.2,0\n' | read
printf '0.2,0\nNA,1\n' | read
printf 'yes,0.25\n' | read # a single row, the label first
# a fraction among the scores is no name; signs that are no number are asked about
printf '0.7,x,0.1,0\n0.2,0.5,0.3,1\n' | read -p 1-3 -y 4
printf 'a,0.9,1,x\nb,.3,0,2\n' | read -p 2 -y 3 -w 4
printf '\342\210\2220.9,1\n0.3,0\n-0.4,1\n' | read -z 1 -y 2
printf 'score,0\n0.9,1\n0.2,0\n' | read -p 1 -y 2
printf 'a,.9,1\nb,.2,0\n' | read
