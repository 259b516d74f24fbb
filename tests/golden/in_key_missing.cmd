printf "id,score\na,.9\nb,.2\n" >p.csv; printf "id,label\na,1\n" | losscope p.csv --key id --labels -
