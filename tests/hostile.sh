#!/bin/sh
# hostile.sh: predictions in groups whose names try to run commands in gnuplot, the shell, TeX and HTML
printf 'group,score,label\n'
for group in '`touch ran`' '$(touch ran)' '|touch ran' '<touch ran' '"; system(""touch ran"") #' "'; system('touch ran') #" '\input{ran} \write18{touch ran}' '</script><script>ran()'; do
    for row in .9,1 .2,0 .6,0 .3,1; do printf '"%s",%s\n' "$(printf '%s' "$group" | sed 's/""/"/g; s/"/""/g')" "$row"; done
done
