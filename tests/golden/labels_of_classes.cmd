# which class a label is: its name, or its number from 0; a number that may be either is refused
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf 'prob_class_1,prob_class_2,prob_class_3,label\n.9,.05,.05,1\n.3,.6,.1,2\n.1,.1,.8,3\n' >from_one.csv
read from_one.csv
read from_one.csv --classes 1,2,3
read from_one.csv --label-base 1
read from_one.csv --label-base 0 # 3 is too many
printf 'p_1,p_2,p_3,label\n.9,.05,.05,1\n.3,.6,.1,2\n.1,.1,.8,3\n' | read # names that are numbers
printf 'p_class_0,p_class_1,p_class_2,label\n.9,.05,.05,0\n.3,.6,.1,1\n.1,.1,.8,2\n' | read # both agree
printf 'p_class_0,p_class_1,p_class_10,p_class_2,label\n.4,.3,.2,.1,2\n' | read
printf '.7,.2,.1,1\n.2,.5,.3,2\n.1,.3,.6,3\n' >no_names.csv
read no_names.csv -p 1-3 -y 4
read no_names.csv -p 1-3 -y 4 --label-base 1
read no_names.csv -p 1-3 -y 4 --classes 1,2,3
printf 'p_0,p_1,label\n.9,.1,zebra1\n.6,.4,wolf0\n' | read
printf 'p_0,p_1,p_2,label\n.9,.05,.05,class_0\n.6,.3,.1,c1\n.6,.3,.1,LABEL_1\n' | read
printf 'p_cat,p_dog,p_eel,label\n.7,.2,.1,0\n.2,.5,.3,dog\n' | read
printf 'Probability:Class=cat\tProbability:Class=dog\tProbability:Class=eel\tLabel\n.5,.3,.2,cat\n' | tr , '\t' | read -p 'Probability:*'
printf 'prob.cat,prob.dog,prob.eel,truth\n.5,.3,.2,cat\n' | read
printf 'proba cat;proba dog;proba eel;Y-True\n.5;.3;.2;cat\n' | read
printf 'prob_a,prob_b,prob_c,label\n.5,.3,.2,a\n' | read # prob_a is not proba
printf 'P_Cat,p.dog,P eel,Ground-Truth\n.5,.3,.2,Cat\n' | read
printf 'p_a,p_b,p_c,label\n.7,.2,.1,3\n' | read # counted from 1?
printf 'y,0\n1,.9\n0,.2\n' | read # the header's y is no label, as all labels are numbers
# --classes gives columns other names, not another column's
printf 'p_cat,p_dog,p_eel,label\n.7,.2,.1,cat\n' >named.csv
read named.csv --classes dog,cat,eel
read named.csv --classes Cat,Dog,Eel
read named.csv --classes cat,dog,eel
printf '.7,.2,.1,1\n' | read -p 1-3 -y 4 --classes 1,2,0
# of two classes, the one whose name says so is positive wherever it stands; whether 1 is it is asked
for names in prob_pos,prob_neg 'Positive,Negative' p_event,p_no_event prob.fraud,prob.nonfraud prob_yes,prob_no; do
    { echo "$names,label"; printf '.9,.1,1\n.3,.7,0\n'; } >pair.csv
    read pair.csv -p 1,2
    read pair.csv -p 1,2 --classes 1,0
done
printf 'prob_pos,prob_neg,label\n.9,.1,pos\n.3,.7,neg\n.2,.8,neg\n' | read
printf 'prob_neg,prob_pos,label\n.1,.9,1\n.7,.3,0\n.8,.2,0\n' | read
# the same where a name goes on behind it; a label may be what the names hold
printf 'label,yes_prob,no_prob\nyes,.9,.1\nno,.3,.7\n' | read -p 2,3
printf 'label;confidence(yes);confidence(no)\nyes;.9;.1\nno;.3;.7\n' | read -p 'confidence*'
printf 'label;confidence(yes);confidence(no)\nyes;.9;.1\nno;.3;.7\n' | read -p 'confidence*' --positive no
printf 'label,"P (label=cat)","P (label=dog)","P (label=eel)"\ndog,.1,.7,.2\n' | read -p 2-4
printf 'label,P (label=1),P (label=0)\n1,.9,.1\n0,.3,.7\n' >knime.csv
read knime.csv -p 2,3
read knime.csv -p 2,3 --classes 1,0
printf 'label,label_0_score,label_1_score\n1,.1,.9\n0,.7,.3\n' | read -p 2,3
printf 'label,label_1_score,label_2_score,label_3_score\n1,.1,.7,.2\n' | read -p 2-4
# --positive beside two columns is one of their classes, by name or number; what is neither is asked about
printf 'p_cat,p_dog,label\n.9,.1,Cat\n.3,.7,Dog\n' >case.csv
read case.csv --positive Cat
read case.csv --classes Cat,Dog --positive Cat
printf 'p_a,p_b,label\n.9,.1,0\n.3,.7,1\n' >ab.csv
read ab.csv --positive 0
read ab.csv --negative 1
read ab.csv --positive 2
printf 'p_0,p_1,label\n.9,.1,1\n.3,.7,2\n' >p01.csv
read p01.csv --positive 1
read p01.csv --positive 2
read p01.csv --positive 2 --label-base 1
printf 'p_0,p_1,label\n.9,.1,good\n.3,.7,bad\n' | read --positive bad
# a single column of the negative class
printf 'prob_no,label\n.1,yes\n.7,no\n' >no.csv
read no.csv
read no.csv --positive no
read no.csv -p prob_no
printf 'p0,y\n.1,1\n.7,0\n' | read
printf 'p1,y\n.9,1\n.3,0\n' | read
printf 's,label\n.1,yes\n.7,no\n' | read -p s --negative yes
printf 's,label\n.1,True\n.7,False\n' | read -p s --positive False
printf 'p_pos,p_neg,label\n.9,.1,1\n.3,.7,0\n' | read --positive 1
printf 'p_1,p_0,label\n.9,.1,1\n.3,.7,0\n' | read --positive 1
printf 's,label\n.1,True\n.7,False\n' | read -p s --positive 0
# a label that is the positive one but for its case is no negative
printf 's,label\n.9,cat\n.3,dog\n.8,Cat\n' >case.csv
read case.csv -p s --positive cat
read case.csv -p s --positive cat,Cat
read case.csv -p s --positive cat --negative Cat,dog
printf 's,label\n.9,YES\n.3,no\n' | read -p s --positive yes
