# no line of help is wider than a page
{ losscope help; for command in report plot html rows losses help fig4; do losscope help $command; done; } | LC_ALL=C.UTF-8 wc -L | awk '{ print $1 <= 80 ? "fits" : "is " $1 " wide" }'
# an option that was asked for by another command's name is no option here
losscope losses -q; losscope losses --progress; losscope html --csv x.csv
