# columns that nobody named: what they may be by their values, and the same options work
p() { losscope "$@" -l ce -f csv | cut -d, -f7-8,12; }
printf 'day,churn_probability,churned\n2024-01-01,.9,Yes\n2024-01-02,.2,No\n2024-01-03,.8,Yes\n' >churn.csv
losscope churn.csv
p churn.csv --prob churn_probability --label churned
printf 'setosa,virginica,other one,species\n.7,.2,.1,setosa\n.1,.6,.3,virginica\n.2,.7,.1,virginica\n' >names.csv
losscope names.csv
p names.csv --prob 'setosa,virginica,other one' --label species
printf '.7,.2,.1,0\n.1,.6,.3,1\n.2,.7,.1,1\n' >places.csv
losscope places.csv
p places.csv --prob 1-3 --label 4
printf 'decision,label\n2.5,1\n-1,0\n' >margin.csv
losscope margin.csv
p margin.csv --logit decision
printf 'q_a,q_b,q_c,t_a,t_b,t_c\n.7,.2,.1,1,0,0\n.1,.6,.3,0,1,0\n.2,.7,.1,0,1,0\n' >one_hot.csv
losscope one_hot.csv
p one_hot.csv --prob q_a,q_b,q_c --label t_a,t_b,t_c --task softmax
# two that could be it: no guess
printf 'a,b,u,v\n.9,.3,1,0\n.2,.1,0,1\n.4,.2,0,1\n' >many.csv
losscope many.csv
# factors of R whose word for no is none; thousands; a classifier's inputs
printf 'score,obs\n.9,event\n.2,none\n' >none.csv
losscope none.csv
p none.csv --positive event --negative none
printf 'logit,label\n"1,234.5",1\n-2,0\n' | losscope
printf '1 1:0.5 2:0.25\n0 1:0.1 2:0.75\n' | losscope
printf '{"p": [0.5, 0.25],\n "y": [1, 0]}\n' | losscope
# nor are numbers that may be logarithms of probabilities guessed to be logits
printf 'label,log_prob\n1,-0.1\n0,-2.3\n' | losscope
# those of each class are logits
printf 'a,b,label\n-0.1053605156578263,-2.3025850929940455,0\n-.6931471805599453,-.6931471805599453,1\n' >logs.csv
printf 'a,b,label\n.9,.1,0\n.5,.5,1\n' >probs.csv
p logs.csv --logit a,b
p probs.csv --prob a,b
# scores below 0 may be logarithms as well as logits
printf 'score,label\n-0.1,1\n-2,0\n' | losscope
