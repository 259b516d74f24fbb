# a predicted class and the confidence in it are no truth and no P(positive); --predicted reads them
read() { losscope "$@" -q -l ce -f csv 2>&1 | awk -F, 'NR == 1 && NF < 9 { print } NR > 1 { printf "%s examples, %s positive, mean %.9f\n", $7, $8, $12 }'; }
printf 'age,true_label,predicted_label,confidence\n31,1,1,0.91\n47,0,0,0.78\n60,1,0,0.66\n' >a.csv
read a.csv -y true_label
read a.csv -y true_label --predicted predicted_label
read a.csv -y true_label -p confidence -q
printf 'default,Label,Score\n1,yes,0.64\n0,no,0.98\n0,no,0.5165\n1,no,0.71\n' >b.csv
read b.csv -y default
read b.csv -y default --predicted Label
printf 'image,confidence,class\na,0.91,0\na,0.55,1\n' | read
printf 'labels 1 -1\n1 0.93 0.07\n-1 0.2 0.8\n1 0.55 0.45\n' >svm.out
printf '1\n-1\n-1\n' >y.txt
read svm.out -p 2-3
read svm.out -p 2-3 --labels y.txt
read svm.out -p 1,-1 --labels y.txt
# a decision beside P(positive) is harmless: the scores say which it is
printf 'label,prediction,score\n1,1,0.9\n0,0,0.2\n0,1,0.6\n' | read
# what is 0 or 1 throughout is a decision, where another column could be the score
printf 'label,pred,class_prob_0,class_prob_1\n0,0,0.8,0.2\n1,1,0.2,0.8\n1,0,0.7,0.3\n0,1,0.4,0.6\n' | read
printf 'ground_truth,prediction,prob_class_0,prob_class_1,prob_class_2\n0,0,.85,.1,.05\n2,2,.05,.15,.8\n' | read
printf 'truth,prediction_label,prediction_score\n1,1,.9\n0,0,.8\n1,0,.7\n' >c.csv
read c.csv
read c.csv --predicted prediction_label
# a decision that is found by its name, beside a score that is not
printf 'y_true,y_pred,y_pred_proba\n1,1,.9\n0,0,.2\n' >d.csv
read d.csv
read d.csv -p y_pred_proba
printf 'label,pred,image,conf\n1,1,a,.9\n0,0,b,.2\n' | read
printf 'pred,obs,yes,no\nyes,yes,.9,.1\nno,no,.2,.8\n' >caret.csv
read caret.csv # words are no scores
read caret.csv -p no,yes
printf 'score,label\ntensor(0.9),1\n' | read
