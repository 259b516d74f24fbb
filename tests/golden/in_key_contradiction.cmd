printf "id,score\na,.9\n" >p.csv; printf "id,label\na,1\na,0\n" | losscope p.csv --key id --labels -
