#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void)
  {
   int a[2];
   a[0]=1;
   return(a[2]);
  }
#endif
// refused: index-range at 7:13
