#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(int &a[])
  {
   int i=0;
   return(a[i++]);
  }
#endif
// refused: step-in-expression at 6:14
