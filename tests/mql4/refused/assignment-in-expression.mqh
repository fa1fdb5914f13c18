#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(int &a)
  {
   int b=0;
   if((b=a)>0)
      a=b;
  }
#endif
// refused: assignment-in-expression at 6:9
