// Every statement, and the ways a function may end.
#ifndef STATEMENTS_V1_MQH
#define STATEMENTS_V1_MQH

int StatementsV1Chain(const int a)
  {
   if(a<0)
      return(-1);
   else if(a==0)
      return(0);
   else
     {
      int b=a;
      b+=1;
      b-=2;
      b*=3;
      b/=4;
      b%=5;
      b<<=1;
      b>>=1;
      b&=7;
      b|=8;
      b^=9;
      b++;
      b--;
      return(b);
     }
  }
string StatementsV1Switch(const ushort unit)
  {
   switch(unit)
     {
      case 'a':
      case 'b':
         return("letter");
      case 10:
        {
         string word="feed";
         return(word);
        }
      default:
         return("other");
     }
  }
void StatementsV1Loops(int &values[],int &sum)
  {
   int i=0;
   bool open=true;
   while(open)
     {
      i++;
      if(i==3)
         continue;
      if(i>5)
         break;
      switch(i)
        {
         case 1:
            sum+=1;
            break;
         case 2:
            continue;
        }
      open=(i<9);
     }
   for(i=0; i<3; i++)
      sum+=i;
   for(; i>0; i--)
     {
     }
   int j=0,k=1;
   for(int m=0; m<ArraySize(values); m+=2)
      values[m]=(j<k ? j : k);
  }
#endif
