printf "id,score\na,.9\nb,.2\nc,.3\nb,.4\n" >p.csv; printf "id,label\nc,1\nzz,0\na,1\nb,0\nb,0\n" | losscope p.csv --key id --labels - -l ce -f csv | cut -d, -f2,7-9,11
