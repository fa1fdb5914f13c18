#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(int &a)
  {
   switch(a)
     {
      case 1:
         break;
      case 1:
         break;
     }
  }
#endif
// refused: duplicate-case at 9:7
